import type {
  AskEstimate,
  AskEvent,
  AssistantModel,
  Brief,
  Conversation,
  Exchange,
  JobError,
  ParsedAsk,
  ParsedShotsWish,
  ShotsEvent,
  Style,
  WireRequest,
} from '@shared/contract'
import type { Logger } from 'pino'
import type { Assets } from '../assets'
import type { AwsEnvironment } from '../aws'
import type { Connections } from '../connections'
import type { Events } from '../events'
import type { AssistantStore, SettingStore } from '../history'
import type { Purse } from '../money'
import type { Network } from '../network'
import type { Clock, Random } from '../ports'
import type { Providers } from '../providers'
import type { Stream } from './stream'

/** The id under which accounts of Claude on Amazon Bedrock are kept. */
export const claudeId = 'claude'

/** A list of models as it was asked for, or the one we know. */
export interface ModelList {
  models: AssistantModel[]
  usual: string | null
  at: number | null
  error: JobError | null
}

/** A question without an account, as it can be looked at before there is one. */
export type PreviewAsk = Omit<ParsedAsk, 'connectionId' | 'model'> & {
  connectionId?: string | undefined
  model?: string | undefined
}

/** The prompt assistant. Errors are StudioError, thrown before anything is kept or sent; later ones stand in the exchange. */
export interface Assistant {
  models(connectionId: string, refresh: boolean): Promise<ModelList>
  /** `exact` asks the service to count, where the person has agreed to sending. */
  estimate(ask: ParsedAsk, exact: boolean): Promise<AskEstimate>
  estimateShots(wish: ParsedShotsWish, exact: boolean): Promise<AskEstimate>
  preview(ask: PreviewAsk): Promise<WireRequest>
  previewShots(wish: ParsedShotsWish): Promise<WireRequest>
  ask(ask: ParsedAsk, signal: AbortSignal | undefined): Promise<Stream<AskEvent>>
  shots(wish: ParsedShotsWish, signal: AbortSignal | undefined): Promise<Stream<ShotsEvent>>
  conversations: {
    list(
      q: string | undefined,
      cursor: string | undefined,
      limit: number,
    ): { conversations: Conversation[]; nextCursor: string | null }
    get(id: string): Conversation & { history: Exchange[] }
    rename(id: string, title: string): Conversation
    remove(id: string): void
    export(id: string): { name: string; text: string }
  }
  styles: {
    list(): Style[]
    save(style: { id?: string | undefined; name: string; system: string }): Style
    remove(id: string): void
  }
  readBrief(from: { file: Blob; name: string } | { uri: string; connectionId: string }): Promise<Brief>
  /** Ends what is under way, keeping what came; answers when all of it is kept. */
  close(): Promise<void>
}

export interface AssistantDeps {
  store: AssistantStore
  settings: Pick<SettingStore, 'get'>
  connections: Pick<Connections, 'access' | 'record' | 'onChange'>
  providers: Pick<Providers, 'model'>
  assets: Pick<Assets, 'get' | 'path'>
  purse: Pick<Purse, 'guard'>
  network: Network
  events: Events
  environment: AwsEnvironment
  clock: Clock
  random: Random
  /** Takes secrets out of what services say. */
  clean: (text: string) => string
  log: Logger
}
