import type { NewerBody, TaskBody, Taken } from './bodies'

export type TaskType = 'text2video' | 'image2video' | 'task'
export type TaskStatus = 'submitted' | 'processing' | 'succeed' | 'failed'

/** One task as the service holds it. */
export interface Task extends Taken {
  /** More digits than a number can hold. */
  id: string
  type: TaskType
  externalId: string | null
  status: TaskStatus
  message: string
  createdAt: number
  /** When it ends by itself; infinite for one that is ended by hand. */
  endsAt: number
  /** What it will end with. */
  failure: string | null
  units: number
  /** Set for a task of the API of 2026. */
  newer: NewerBody | null
  /** Counts up with every address that was given out for the video. */
  address: number
}

/** The tasks of one account. */
export class Tasks {
  readonly all: Task[] = []
  #count = 0

  constructor(
    readonly wall: () => number,
    public jobMs: number,
  ) {}

  begin(type: TaskType, taken: Taken, failure: string | null): Task {
    this.#count += 1
    const now = this.wall()
    const task: Task = {
      ...taken,
      id: `8272978670012${String(this.#count).padStart(5, '0')}`,
      type,
      externalId: taken.body.external_task_id ?? null,
      status: 'submitted',
      message: '',
      createdAt: now,
      endsAt: now + this.jobMs,
      failure,
      units: unitsOf(taken.body),
      newer: null,
      address: 0,
    }
    this.all.push(task)
    return task
  }

  /** A task of the API of 2026. */
  beginNewer(newer: NewerBody, failure: string | null): Task {
    const body: TaskBody = { model_name: 'kling-v3', prompt: '', duration: String(newer.duration) }
    const task = this.begin('task', { body, ignored: [] }, failure)
    const rate = newer.resolution === '720p' ? 0.8 : 1
    return Object.assign(task, {
      newer,
      externalId: newer.external,
      units: Math.round(rate * newer.duration * 100) / 100,
    })
  }

  /** Moves every task to where it stands by now. */
  settle(): void {
    const now = this.wall()
    for (const task of this.all) {
      if (task.status === 'succeed' || task.status === 'failed') continue
      if (now >= task.endsAt) this.end(task)
      else if (now > task.createdAt) task.status = 'processing'
    }
  }

  end(task: Task): void {
    task.status = task.failure === null ? 'succeed' : 'failed'
    task.message = task.failure ?? ''
    if (task.failure !== null) task.units = 0
  }

  running(): number {
    this.settle()
    return this.all.filter(({ status }) => status === 'submitted' || status === 'processing').length
  }
}

/** Units a second by mode, without and with sound; one unit is 0.14 US dollars. */
const rates: Record<string, Record<string, [number, number]>> = {
  'kling-v1': { std: [0.2, 0.2], pro: [0.7, 0.7] },
  'kling-v1-6': { std: [0.4, 0.4], pro: [0.7, 0.7] },
  'kling-v2-1': { std: [0.4, 0.4], pro: [0.7, 0.7] },
  'kling-v2-5-turbo': { std: [0.3, 0.3], pro: [0.5, 0.5] },
  'kling-v2-6': { std: [0.3, 0.3], pro: [0.5, 1] },
  'kling-v3': { std: [0.6, 0.9], pro: [0.8, 1.2], '4k': [3, 3] },
}

function unitsOf({ model_name, mode = 'std', duration = '5', sound }: TaskBody): number {
  const [silent = 0, sounding = 0] = rates[model_name]?.[mode] ?? []
  return Math.round((sound === 'on' ? sounding : silent) * Number(duration) * 100) / 100
}
