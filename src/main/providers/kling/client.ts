import { wireFailure, type Wire, type WireAnswer, type WireCall } from '../../wire'
import type { ConnectionAccess } from '../types'
import { envelopeOf, isGood } from './envelope'
import { name, refusal, type Doing } from './errors'
import { findPath, listPath, taskPath, type TaskType } from './doors'
import type { Signer } from './sign'
import { readTask, type Task } from './task'

/** Milliseconds of silence after which a submit with its images is given up; the others end sooner. */
const submitSilenceMs = 120_000

type Bare = Pick<WireCall, 'method' | 'url' | 'body' | 'silenceMs'>

/** Where a call goes, and who makes it. */
export interface At {
  /** The address below which `/v1/videos/…` lies. */
  root: string
  access: ConnectionAccess
  signal: AbortSignal
}

/** Kling's HTTP. Every call throws a `ProviderError`, and no submit is sent twice that may have been taken. */
export interface Client {
  submit(at: At, path: string, body: unknown): Promise<{ taskId: string; requestId: string | null }>
  /** Null where Kling does not know the task. */
  get(at: At, type: TaskType, taskId: string): Promise<Task | null>
  /** The task that was begun with our own token; null where there is none. */
  find(at: At, type: TaskType, token: string): Promise<Task | null>
  /** One page of the account's tasks behind one of the older doors, counted from 1. */
  list(at: At, type: TaskType, page: number, size: number): Promise<Task[]>
  /** A call of any other kind, whatever it is answered. */
  ask(at: At, path: string): Promise<WireAnswer>
}

export function createClient(wire: Wire, signer: Signer): Client {
  async function send(at: At, call: Bare): Promise<WireAnswer> {
    const { answer, made } = await once(at, call)
    const code = envelopeOf(answer)?.code ?? null
    // "Not yet" and "no longer valid" were refused at the door: with the service's own clock it is the same request once more.
    const clock = made && (code === 1003 || code === 1004)
    return clock && signer.setClock(at.access, answer.headers['date'])
      ? (await once(at, call)).answer
      : answer
  }

  async function once(at: At, call: Bare): Promise<{ answer: WireAnswer; made: boolean }> {
    const { token, made } = await signer.sign(at.access, call.url)
    const headers = {
      accept: 'application/json',
      authorization: `Bearer ${token}`,
      ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
    }
    const answer = await wire.send({ ...call, headers, signal: at.signal }).catch((error: unknown) => {
      throw wireFailure(error, name)
    })
    return { answer: veiled(answer, token), made }
  }

  const refused = (answer: WireAnswer, doing: Doing, at: At) =>
    refusal(answer, doing, { host: new URL(at.root).host })

  return {
    async submit(at, path, body) {
      const answer = await send(at, {
        method: 'POST',
        url: `${at.root}${path}`,
        body: JSON.stringify(body),
        silenceMs: submitSilenceMs,
      })
      const envelope = envelopeOf(answer)
      const [task] = isGood(answer) ? tasksOf(answer) : []
      if (!task) throw refused(answer, 'submit', at)
      return { taskId: task.id, requestId: envelope?.requestId ?? null }
    },

    async get(at, type, taskId) {
      const answer = await send(at, { method: 'GET', url: at.root + taskPath(type, taskId) })
      if (isUnknown(answer)) return null
      if (!isGood(answer)) throw refused(answer, 'poll', at)
      const all = tasksOf(answer)
      // The newer API answers with a list, which is empty where it knows none of those that were asked for.
      if (type === 'task' && Array.isArray(envelopeOf(answer)?.data)) {
        return all.find(({ id }) => id === taskId) ?? null
      }
      const [task] = all
      if (!task) throw refused(answer, 'poll', at)
      return task
    },

    async find(at, type, token) {
      const answer = await send(at, { method: 'GET', url: at.root + findPath(type, token) })
      if (isUnknown(answer)) return null
      if (!isGood(answer)) throw refused(answer, 'find', at)
      return tasksOf(answer).find((task) => task.token === token) ?? null
    },

    async list(at, type, page, size) {
      const answer = await send(at, { method: 'GET', url: at.root + listPath(type, page, size) })
      if (!isGood(answer)) throw refused(answer, 'find', at)
      return tasksOf(answer)
    },

    ask: (at, path) => send(at, { method: 'GET', url: `${at.root}${path}` }),
  }
}

/** The tasks of an answer: some are a task, some the list that it is in. */
function tasksOf(answer: WireAnswer): Task[] {
  return [envelopeOf(answer)?.data ?? []].flat().flatMap((one: unknown) => readTask(one) ?? [])
}

/** Kling's own word that it knows no such task; a page, or a path that a gateway does not serve, is none. */
function isUnknown(answer: WireAnswer): boolean {
  const envelope = envelopeOf(answer)
  return (
    envelope?.code === 1203 ||
    (envelope?.word !== null && /task_not_(?:exist|found)/.test(envelope?.word ?? ''))
  )
}

/** An answer that repeats the bearer it was sent is kept and shown without it. */
function veiled(answer: WireAnswer, token: string): WireAnswer {
  if (!answer.body.includes(token)) return answer
  const body = answer.body.replaceAll(token, '•••')
  const json: unknown = answer.json === undefined ? undefined : JSON.parse(body)
  return { ...answer, body, json }
}
