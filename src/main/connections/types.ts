import type {
  AskedAgain,
  Connection,
  ConnectionDraft,
  KeychainState,
  SecretPlace,
  TestStep,
} from '@shared/contract'
import type { z } from 'zod'
import type { ConnectionRecord } from '../history'
import type { ConnectionAccess, ConnectionKind } from '../providers'

/** What a new connection is made of. */
export interface NewConnection {
  provider: string
  label: string
  settings: Record<string, unknown>
  secrets: Record<string, string>
  keep: SecretPlace
  concurrency: number | null
  budget: Connection['budget']
}

/** What of a connection is to change; what is left out stays, a secret that is null is forgotten. */
export interface ConnectionChange {
  label?: string | undefined
  enabled?: boolean | undefined
  settings?: Record<string, unknown> | undefined
  secrets?: Record<string, string | null> | undefined
  keep?: SecretPlace | undefined
  concurrency?: number | null | undefined
  budget?: Connection['budget'] | undefined
}

/** Accounts at providers. Errors are StudioError; none of them holds a secret. */
export interface Connections {
  list(): Connection[]
  keychain(): Promise<KeychainState>
  /** Throws `unavailable` (`keychain.<state>`) where the keychain keeps nothing, and then nothing is made. */
  create(wanted: NewConnection): Promise<Connection>
  /**
   * A kept secret never goes to an address that it was not entered for: where the settings would send it to one, the
   * change carries it anew (or forgets it), else it is refused at the setting and nothing is changed.
   */
  update(id: string, change: ConnectionChange): Promise<Connection>
  /** The secrets that a change to these settings has to carry anew; null where the settings cannot be read. */
  askedAgain(id: string, settings: Record<string, unknown>): AskedAgain[] | null
  /** Throws `conflict` while its jobs run. */
  remove(id: string): Promise<void>
  /** Tries what stands in a form, with the secrets that a saved connection lends it. */
  test(draft: z.output<typeof ConnectionDraft>, signal: AbortSignal): AsyncGenerator<TestStep>
  policy(provider: string, settings: Record<string, unknown>): string | null
  local(provider: string): ReturnType<NonNullable<ConnectionKind['local']>>
  /** What a provider's call may use of a connection; null when it was removed. */
  access(id: string): ConnectionAccess | null
  /** Also a removed one, for its label. */
  record(id: string): ConnectionRecord | null
  /** Hears of every connection that was changed, added or removed. */
  onChange(listener: (id: string) => void): () => void
}
