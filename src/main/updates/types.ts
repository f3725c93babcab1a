import type { Release, UpdateState, UpdateTrouble } from '@shared/contract'
import type { ProxyChoice } from '../network'

/** Why a program does not update itself. */
export type OffReason = Extract<UpdateState, { phase: 'off' }>['why']

/** What updates the program: the shell's part, thin. Its promises are refused with an {@link UpdateError}. */
export interface Updater {
  /** The newest release if it is newer than this program, else null. Asks through the proxy. */
  check(proxy: ProxyChoice): Promise<Release | null>
  /** Fetches what the last check found, and checks its checksum and signature. `onProgress` hears percents. */
  download(proxy: ProxyChoice, onProgress: (percent: number) => void): Promise<void>
  /** Closes the program in order, puts in what was fetched, and opens the program again. */
  restart(): void
}

/** What a shell has for updates: an updater, or the reason why there is none. */
export type UpdateWay = { kind: 'on'; updater: Updater } | { kind: 'off'; why: OffReason }

/** An update failed, in a sentence. */
export class UpdateError extends Error {
  override readonly name = 'UpdateError'
  constructor(
    readonly trouble: UpdateTrouble,
    cause: unknown,
  ) {
    super(trouble.message, { cause })
  }
}
