import { randomUUID } from 'node:crypto'
import type { World } from './runway'
import type { SimTask } from './state'

const active = (task: SimTask) => !task.deleted && ['PENDING', 'RUNNING'].includes(task.status)

/** Takes a create: one more entry on the bill. */
export function begin(
  world: World,
  via: SimTask['via'],
  body: Record<string, unknown>,
  credits: number,
): SimTask {
  const busy = world.tasks.filter((task) => task.via === via && active(task)).length
  const task: SimTask = {
    id: randomUUID(),
    via,
    body,
    status: busy < world.behaviour.together ? 'PENDING' : 'THROTTLED',
    polls: 0,
    credits,
    charged: null,
    failure: null,
    createdAt: new Date().toISOString(),
    deleted: false,
  }
  world.tasks.push(task)
  return task
}

/** One poll further: waiting, running, then done or failed as the script says. */
export function step(world: World, task: SimTask): void {
  task.polls += 1
  if (task.status === 'THROTTLED') {
    const busy = world.tasks.filter((other) => other.via === task.via && active(other)).length
    if (busy < world.behaviour.together) task.status = 'PENDING'
    return
  }
  if (!active(task)) return
  if (task.polls <= world.behaviour.pollsUntilDone) {
    if (task.polls > 1) task.status = 'RUNNING'
    return
  }
  const failing = world.failing.shift()
  if (failing) {
    const { credits, ...failure } = failing
    task.status = 'FAILED'
    task.failure = failure
    task.charged = credits
  } else {
    task.status = 'SUCCEEDED'
    task.charged = task.credits
  }
}
