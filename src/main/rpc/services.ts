import type { Logger } from 'pino'
import type { Assets } from '../assets'
import type { Assistant } from '../assistant'
import type { Events } from '../events'
import type { History } from '../history'
import type { Jobs } from '../jobs'
import type { Library, Presence } from '../library'
import type { Connections } from '../connections'
import type { Diagnostics } from '../diagnostics'
import type { Derivatives, MediaTasks } from '../media'
import type { Purse } from '../money'
import type { Clock, Desk, Run } from '../ports'
import type { Providers } from '../providers'
import type { Updates } from '../updates'
import type { Notices } from './notices'

/** What the handlers call. Each handler takes the part it needs. */
export interface Services {
  history: History
  library: Library & Pick<Presence, 'seek'>
  assets: Assets
  assistant: Assistant
  media: MediaTasks
  derivatives: Derivatives
  providers: Providers
  connections: Connections
  purse: Purse
  diagnostics: Diagnostics
  jobs: Jobs
  events: Events
  notices: Notices
  updates: Updates
  desk: Desk
  run: Run
  clock: Clock
  log: Logger
  version: string
  dataDir: string
}
