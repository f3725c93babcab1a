import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Connection } from '@shared/contract'
import { secretMark } from '../../fuzz/house'
import { nowhere } from '../../fuzz/tame'
import type { Client } from './portClient'

/** What an attacker types for a key; in every form that one is asked for. */
const bogus = `key_${'f'.repeat(128)}`
/** The key of Runway's in the furnished house, whose form leaves no room for a mark. */
const runwayKey = '0'.repeat(128)
/** What an account may be at, where it may be at several. */
const kinds = ['official', 'global', 'china', 'relay']
const approved = { micros: 1_000_000_000, currency: 'USD', overBudget: true }

/** A server of somebody else's: all that it was told, heads and bodies. */
export interface Foreign {
  url: string
  heard: string[]
  close(): Promise<void>
}

export async function listenAbroad(): Promise<Foreign> {
  const heard: string[] = []
  const server = createServer((request, response) => {
    const at = heard.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)}`) - 1
    request.on('data', (chunk: Buffer) => (heard[at] += chunk.toString('latin1')))
    request.on('end', () => response.writeHead(401, { 'content-type': 'application/json' }).end('{}'))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    heard,
    close: () => new Promise((resolve) => server.close(() => resolve()).closeAllConnections()),
  }
}

/** Whether a kept secret of the furnished house is in a text. */
export const holdsSecret = (text: string) => text.includes(secretMark) || text.includes(runwayKey)

/**
 * Points an account elsewhere in every way that the contract has, tests it and sends jobs through it. Answers the calls
 * that were taken although they carry no key, or not all of them.
 */
export async function redirect(
  client: Client,
  { id, provider, settings, secrets }: Connection,
  to: string,
): Promise<string[]> {
  const moved = movedTo(settings, to)
  const kept = secrets.filter(({ configured }) => configured).map(({ name }) => name)
  const typed = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, bogus]))
  const partly = kept.map((left) => typed(kept.filter((name) => name !== left)))
  const taken: string[] = []
  const attempt = async (what: string, call: () => Promise<unknown>) => {
    const went = await call().then(
      () => true,
      () => false,
    )
    if (went) taken.push(`${provider}: ${what}`)
  }
  const wishes = [{}, ...partly, Object.fromEntries(kept.map((name) => [name, '']))]
  for (const settings of [moved, ...kinds.map((kind) => ({ ...moved, kind }))]) {
    for (const secrets of wishes) {
      const what = JSON.stringify([settings, Object.keys(secrets)])
      await attempt(`a test of ${what}`, () => tried(client, { id, provider, settings, secrets }))
      await attempt(`a change to ${what}`, () => client.connections.update({ id, settings, secrets }))
    }
  }
  // One after the other, and those too that no kept secret goes to.
  for (const [name, value] of Object.entries(moved).filter(([name]) => moved[name] !== settings[name])) {
    const one = { ...settings, [name]: value }
    await client.connections.update({ id, settings: one }).catch(() => undefined)
    await tried(client, { id, provider, settings: one }).catch(() => undefined)
  }
  // Whoever may type an address may type a key for it: his own goes there, the kept one is gone.
  await tried(client, { id, provider, settings: moved, secrets: typed(kept) })
  await client.connections.update({ id, settings: moved, secrets: typed(kept), keep: 'session' })
  await tried(client, { id, provider, settings: moved })
  await sendJobs(client, { id, provider })
  await attempt('a change back', () => client.connections.update({ id, settings }))
  return taken
}

/** The same settings with every address in them elsewhere. */
function movedTo(settings: Record<string, unknown>, to: string): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [
      name,
      typeof value === 'string' && value.startsWith(nowhere) ? value.replace(nowhere, to) : value,
    ]),
  )
}

async function tried(client: Client, draft: Parameters<Client['connections']['test']>[0]): Promise<void> {
  const steps = await client.connections.test(draft)
  while ((await steps.next()).done !== true);
}

/** A job of each model of the account, as far as it makes one of words alone. */
async function sendJobs(
  client: Client,
  { id, provider }: Pick<Connection, 'id' | 'provider'>,
): Promise<void> {
  const { providers } = await client.providers.list()
  for (const { id: model } of providers.find((own) => own.id === provider)?.models ?? []) {
    await client.jobs
      .create({ model, prompt: 'A lighthouse', connectionId: id, approved })
      .catch(() => undefined)
  }
}
