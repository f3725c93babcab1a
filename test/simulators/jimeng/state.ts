/** Where a fault can strike. */
export type Place = 'submit' | 'result' | 'create' | 'query' | 'file'

export type Fault =
  /** This answer instead of the service's own. */
  | { kind: 'answer'; status: number; body: unknown; headers?: Record<string, string> }
  /** A web page. */
  | { kind: 'html'; status?: number }
  /** The connection breaks before anything is taken. */
  | { kind: 'drop' }
  /** The job is taken, then the connection breaks. */
  | { kind: 'drop_after' }
  /** Half of the bytes that were announced, then the connection breaks. */
  | { kind: 'half' }

export interface Task {
  id: string
  /** The service at Volcengine that it was given to, or the relay's model. */
  of: string
  polls: number
  state: 'running' | 'done' | 'expired'
  /** How it ends instead of with a video. */
  ends: { code: number; message: string } | { relay: string } | 'no_video' | null
  /** Result addresses carry this; raising it makes earlier ones expire. */
  version: number
}

/** One request as it came. */
export interface Seen {
  place: Place
  headers: Record<string, string>
  body: string
  query: string
}

/** All that a simulator remembers, in one object. */
export interface State {
  tasks: Map<string, Task>
  seen: Seen[]
  faults: { at: Place; fault: Fault }[]
  pollsUntilDone: number
  /** How the next task ends. */
  nextEnd: Task['ends']
  /** Tasks that may run at once. */
  concurrency: number
  /** The service is opened for the account. */
  opened: boolean
  /** How far the service's clock is from the program's, in ms. */
  skewMs: number
  /** The relay reads the images of a job as soon as it has come. */
  readsImages: boolean
  /** The images that it has read. */
  read: { url: string; type: string; bytes: number }[]
}
