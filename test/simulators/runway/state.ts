/** A task, at Runway or at the relay. Each is one entry on the bill. */
export interface SimTask {
  id: string
  via: 'official' | 'relay'
  body: Record<string, unknown>
  status: 'PENDING' | 'THROTTLED' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED'
  /** How often it was asked for. */
  polls: number
  credits: number
  charged: number | null
  failure: { failure: string; failureCode?: string } | null
  createdAt: string
  /** Cancelled or thrown away: it is on the bill, and nobody finds it any more. */
  deleted: boolean
}

/** Where something can go wrong. */
export type Operation = 'create' | 'task' | 'cancel' | 'organization' | 'uploads' | 'store' | 'file'

export type Fault =
  | { kind: 'status'; status: number; body?: unknown; headers?: Record<string, string> }
  /** A page with this status, 200 when none is given. */
  | { kind: 'html'; status?: number }
  /** The connection breaks before anything was done. */
  | { kind: 'drop' }
  /** It is done as asked, then the connection breaks without an answer. */
  | { kind: 'drop_after' }
  /** Half of the announced bytes come, then the connection breaks. */
  | { kind: 'half' }
  /** It is done as asked, and answered with this body instead. */
  | { kind: 'answer'; body: unknown }

/** The four bodies that gateways are known to answer with. */
export type RelayShape = 'reverse' | 'official' | 'wrapped' | 'founding'

/** What can be changed while the simulator runs. */
export interface Behaviour {
  /** How many polls a task takes; Infinity leaves it to {@link RunwaySimulator.finish}. */
  pollsUntilDone: number
  /** Tasks that run at a time; what is beyond is THROTTLED. */
  together: number
  /** Tasks of a day; what is beyond is answered 429. */
  daily: number
  balance: number
  relayShape: RelayShape
  /** So many first polls of a task are answered 400 task_not_exist. */
  unknownPolls: number
}

/** One request as it came. */
export interface SeenRequest {
  operation: Operation | null
  method: string
  /** Path and query. */
  url: string
  headers: Record<string, string | string[] | undefined>
  /** Text of a JSON body. */
  body: string
  bodyBytes: number
  status: number | null
}

/** An image that was uploaded. */
export interface Uploaded {
  uri: string
  token: string
  filename: string
  /** Null until its bytes are here. */
  bytes: Buffer | null
}
