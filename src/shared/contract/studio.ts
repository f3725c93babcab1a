import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { menuCommands, spellings } from '../words'
import { AssetInfo } from './assets'
import { base, Done, Id } from './common'
import { Connection } from './connections'
import { JobRow } from './job'
import { LibraryStatus } from './library'
import { Settings } from './settings'
import { UpdateState } from './updates'

/** Manners that only a program with a window of its own has. */
export const DesktopCapabilities = z.object({
  /** There can be a sign in the system's tray. */
  tray: z.boolean(),
  /** The system can open Dailies when the person signs in. */
  openAtLogin: z.boolean(),
  /** Where spellings come from: the system itself, or dictionaries that are fetched once. */
  spelling: z.enum(spellings),
})
export type DesktopCapabilities = z.infer<typeof DesktopCapabilities>

/** What this shell can do; the only way the page can tell the two apart. */
export const Capabilities = z.object({
  dragOut: z.boolean(),
  dialogs: z.boolean(),
  reveal: z.boolean(),
  trash: z.boolean(),
  systemNotifications: z.boolean(),
  /** Absent in the browser shell. */
  desktop: DesktopCapabilities.optional(),
  /** It is a program that may update itself; whether it does, `updates.state` says. Absent in the browser shell. */
  updates: z.boolean().optional(),
})
export type Capabilities = z.infer<typeof Capabilities>

/** Something the person should know that belongs to no job; `key` is `notice.<key>` in the message catalogue. */
export const Notice = z.object({
  id: z.string(),
  level: z.enum(['info', 'warning']),
  key: z.string(),
  message: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
})
export type Notice = z.infer<typeof Notice>

/** Why the studio runs in safe mode: it was asked to, or two starts before it ended too early. */
export const SafeMode = z.enum(['asked', 'crashed'])
export type SafeMode = z.infer<typeof SafeMode>

export const StudioInfo = z.object({
  version: z.string(),
  /** In safe mode nothing is sent, polled or played by itself; null in ordinary use. */
  safeMode: SafeMode.nullable(),
  platform: z.enum(['linux', 'darwin', 'win32', 'other']),
  dataFolder: z.string(),
  capabilities: Capabilities,
  notices: z.array(Notice),
})
export type StudioInfo = z.infer<typeof StudioInfo>

export const StudioEvent = z.discriminatedUnion('type', [
  /** A job is new (`created`) or anything of its card changed. */
  z.object({ type: z.literal('job'), created: z.boolean(), job: JobRow }),
  z.object({ type: z.literal('progress'), id: Id, seq: z.int(), progress: z.number().nullable() }),
  z.object({ type: z.literal('removed'), seqs: z.array(z.int()), ids: z.array(Id) }),
  /** Many rows changed at once (a rebuild, an undo): read the lists again. */
  z.object({ type: z.literal('reload') }),
  /** The order of the queue changed: read it again. */
  z.object({ type: z.literal('queue') }),
  z.object({ type: z.literal('settings'), settings: Settings }),
  z.object({ type: z.literal('connections'), connections: z.array(Connection) }),
  z.object({ type: z.literal('library'), library: LibraryStatus }),
  z.object({ type: z.literal('notice'), notice: Notice }),
  /** The application menu of the desktop shell: the page runs its command of that name. */
  z.object({ type: z.literal('command'), command: z.enum(menuCommands) }),
  /** Images opened with the program from outside: the page puts them into the composer. */
  z.object({ type: z.literal('opened'), assets: z.array(AssetInfo) }),
  /** A conversation with the assistant is no longer what it was: an answer ended, it was renamed or deleted. */
  z.object({ type: z.literal('conversation'), id: Id }),
  /** A file of prompts opened with the program: the page offers it as a batch. */
  z.object({ type: z.literal('prompts'), name: z.string(), text: z.string() }),
  /** A notification or a link was clicked: the page shows this job. */
  z.object({ type: z.literal('show'), id: Id }),
  z.object({ type: z.literal('update'), update: UpdateState }),
])
export type StudioEvent = z.infer<typeof StudioEvent>

export const studio = {
  info: base
    .route({ method: 'GET', path: '/studio', summary: 'The studio: version, capabilities, notices' })
    .output(StudioInfo),
  dismissNotice: base.input(z.strictObject({ id: z.string() })).output(Done),
  /** The page has been drawn; until then a start counts as one that failed. */
  painted: base.output(Done),
  /** Ends the program in order and starts it again on the same data. */
  restart: base.input(z.strictObject({ safeMode: z.boolean() })).output(Done),
  events: base
    .route({ method: 'GET', path: '/events', summary: 'Everything that changes, as server-sent events' })
    .output(eventIterator(StudioEvent)),
}
