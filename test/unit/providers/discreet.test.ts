import type { TestStep } from '@shared/contract'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { createVeil } from '../../../src/main/connections'
import {
  discreet,
  ProviderError,
  type Call,
  type ConnectionKind,
  type Provider,
} from '../../../src/main/providers'
import { fakeProvider } from '../../simulators/fake'

const secret = 'planted/Secret+Key=0123456789'
const echo = `Refused: ${secret}, at /login?key=${encodeURIComponent(secret)}`
const cleaned = 'Refused: [redacted], at /login?key=[redacted]'

const refusal = () =>
  new ProviderError({
    code: 'permission',
    key: 'job.internal',
    message: echo,
    hint: echo,
    values: { reason: echo, times: 3 },
    raw: echo,
    retry: 'never',
    charged: 'no',
    sent: true,
  })

/** A provider as the studio holds it, whose service repeats what it was sent. */
function veiled(change: Partial<Provider>): Provider {
  const veil = createVeil(() => {})
  veil.hide(secret)
  return discreet({ ...fakeProvider({ url: 'http://127.0.0.1:1' }), ...change }, veil.clean)
}

// What a provider does with a call is of no matter here.
const call = {} as Call
const thrown = (work: Promise<unknown>) => work.then(() => null).catch((error: unknown) => error)

test.each(['submit', 'poll', 'open', 'find', 'cancel'] as const)(
  'a service that repeats a secret when it refuses to %s has it kept on the job',
  async (name) => {
    const provider = veiled({ [name]: () => Promise.reject(refusal()) })
    const error = await thrown(
      name === 'open'
        ? provider.open(call, { ref: '', bytes: null, sha256: null }, 0)
        : Promise.resolve(provider[name]?.(call)),
    )
    expect(error).toMatchObject({
      detail: {
        message: cleaned,
        hint: cleaned,
        raw: cleaned,
        values: { reason: cleaned, times: 3 },
        retry: 'never',
        charged: 'no',
        sent: true,
      },
    })
  },
)

test('a failed job repeats a secret in its reason', async () => {
  const provider = veiled({ poll: () => Promise.resolve({ kind: 'failed', error: refusal() }) })
  const status = await provider.poll(call)
  expect(JSON.stringify(status)).not.toContain(secret)
  expect(status).toMatchObject({ kind: 'failed', error: { detail: { raw: cleaned } } })
})

test('a mistake of ours is kept with its stack, a secret in it', async () => {
  const error = await thrown(veiled({ submit: () => Promise.reject(new TypeError(echo)) }).submit(call))
  expect(error).toMatchObject({ name: 'TypeError', message: cleaned })
  expect((error as Error).stack).not.toContain(secret)
  const plain = new Error('no secret')
  expect(await thrown(veiled({ submit: () => Promise.reject(plain) }).submit(call))).toBe(plain)
})

test('a step of a connection’s test repeats a secret in the service’s own words', async () => {
  const step: TestStep = {
    id: 'identity',
    state: 'failed',
    key: 'k',
    message: echo,
    remedy: { key: 'k', message: echo },
    values: { reason: echo },
    raw: echo,
  }
  const connection: ConnectionKind = {
    settings: z.strictObject({}),
    secrets: [],
    sentTo: () => [],
    docs: null,
    async *test() {
      yield await Promise.resolve({ ...step, who: echo })
    },
  }
  const provider = veiled({ connection })
  const access = { id: 'one', label: 'One', settings: {}, secret: () => Promise.resolve(null) }
  for await (const said of provider.connection?.test(access, new AbortController().signal) ?? []) {
    expect(said).toEqual({
      ...step,
      message: cleaned,
      remedy: { key: 'k', message: cleaned },
      values: { reason: cleaned },
      raw: cleaned,
      who: cleaned,
    })
  }
})

test('ordinary words are left alone, however short a secret is', () => {
  const told: string[] = []
  const veil = createVeil((one) => told.push(one))
  veil.hide('the')
  expect(veil.clean('the end')).toBe('the end')
  expect(told).toEqual(['the'])
})
