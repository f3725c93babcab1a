import { isPage, wireFailure, type Wire, type WireAnswer, type WireBody } from '../../wire'
import { pageOf, refusalOf, strangeOf, type Doing } from './errors'
import { headersOf } from './request'
import type { Account, Service } from './settings'

/** Milliseconds without a byte after which a call is given up: a create with images in it may be thought over. */
const silenceMs = 90_000

/** Calls to one account. Each is made once; what to do about a failure is the engine's to decide. */
export interface Client {
  account: Account
  /** Posts JSON. Throws `ProviderError` for everything but a success that is JSON. */
  post(path: string, body: unknown, doing: Doing): Promise<WireAnswer>
  /** Any answer at all. Throws `ProviderError` where none came. */
  ask(method: 'GET' | 'DELETE', path: string): Promise<WireAnswer>
  /** Posts to another host than the account's: nothing of the account goes with it. */
  postForeign(url: string, headers: Record<string, string>, body: WireBody): Promise<WireAnswer>
}

/** Makes the calls of one account until `signal` aborts. */
export function createClient(wire: Wire, account: Account, signal: AbortSignal): Client {
  const { kind, base, key } = account
  const answered = async (call: Parameters<Wire['send']>[0]): Promise<WireAnswer> => {
    try {
      return await wire.send(call)
    } catch (error) {
      throw wireFailure(error, account.name)
    }
  }
  return {
    account,
    async post(path, body, doing) {
      const answer = await answered({
        method: 'POST',
        url: `${base}${path}`,
        headers: headersOf(kind, key, true),
        body: JSON.stringify(body),
        signal,
        silenceMs,
      })
      return readable(answer, doing, account)
    },
    ask: (method, path) =>
      answered({ method, url: `${base}${path}`, headers: headersOf(kind, key, false), signal, silenceMs }),
    postForeign: (url, headers, body) => answered({ method: 'POST', url, headers, body, signal, silenceMs }),
  }
}

/** An answer that is a success and JSON; throws `ProviderError` for every other. */
export function readable(answer: WireAnswer, doing: Doing, service: Service): WireAnswer {
  if (answer.status < 200 || answer.status > 299) throw refusalOf(answer, doing, service)
  if (isPage(answer)) throw pageOf(answer, doing, service)
  if (answer.json === undefined) throw strangeOf(answer, doing, service)
  return answer
}
