import type { ContractRouterClient } from '@orpc/contract'
import type { ConnectionForm, Contract } from '@shared/contract'
import sharp from 'sharp'
import { bringVideo } from '../support/sidecar'
import { nowhere } from './tame'

export type Client = ContractRouterClient<Contract>

/** Stands in every secret that is typed; may never come back. */
export const secretMark = 'hush-7f3a9c-never-to-be-seen'

/** What a person would type into the forms that are drawn from descriptions, and an image to drop. */
export interface Forms {
  jobs: { model: string; params: Record<string, unknown>; connectionId?: string }[]
  accounts: { provider: string; settings: Record<string, unknown>; secrets: Record<string, string> }[]
  image: Uint8Array<ArrayBuffer>
  /** The account that writes. */
  writer: string
  /** Answers to begin with, by the part of the contract that gave them. */
  known: [domain: string, answer: unknown][]
}

interface JsonSchema {
  properties?: Record<
    string,
    { default?: unknown; enum?: unknown[]; minimum?: number; 'x-ui'?: { control?: string } }
  >
}

/** Puts something of everything into the studio: accounts that lead nowhere, an image, a job, a finished video. */
export async function furnish(client: Client, library: string): Promise<Forms> {
  const { providers } = await client.providers.list()
  const jobs: Forms['jobs'] = []
  const accounts: Forms['accounts'] = []
  let writer = ''
  for (const { id: provider, label, models, connection } of providers) {
    const accountId = connection ? await addAccount(client, { provider, label, connection }, accounts) : null
    if (provider === 'claude') writer = accountId ?? ''
    for (const model of models) {
      const params = filled(model.params)
      jobs.push({ model: model.id, params, ...(accountId === null ? {} : { connectionId: accountId }) })
    }
  }
  const picture = { create: { width: 640, height: 360, channels: 3, background: '#345' } } as const
  const image = new Uint8Array(await sharp(picture).png().toBuffer())
  const asset = await client.assets.import({ file: new File([image], 'sea.png', { type: 'image/png' }) })
  await client.settings.set({
    assistant: true,
    assistantConsent: true,
    assistantCeiling: null,
    confirmAbove: null,
    budget: null,
  })
  const made = await client.jobs.create({ model: 'animatic', prompt: 'A lighthouse in a storm' })
  const video = crypto.randomUUID()
  bringVideo({ library, id: video, prompt: '<img src=x onerror=alert(1)>', seed: 7 })
  await client.library.rebuild()
  const known: Forms['known'] = [
    [
      'providers',
      providers.map(({ id, models }) => ({ provider: id, model: models.map((model) => model.id) })),
    ],
    ['connections', await client.connections.list()],
    ['assets', asset],
    ['jobs', made],
    ['jobs', await client.jobs.list({})],
    ['library', { id: video, path: library }],
  ]
  return { jobs, accounts, image, writer, known }
}

async function addAccount(
  client: Client,
  { provider, label, connection }: { provider: string; label: string; connection: ConnectionForm },
  accounts: Forms['accounts'],
): Promise<string> {
  const settings = filled(connection.settings)
  const secrets = Object.fromEntries(
    connection.secrets
      .filter(({ when }) => when === undefined || when.in.includes(String(settings[when.field])))
      .map(({ name }) => [name, secretOf(provider, name)]),
  )
  accounts.push({ provider, settings, secrets })
  return (await client.connections.create({ provider, label, settings, secrets, keep: 'session' })).id
}

/** Runway's keys have a form; the others may be anything. */
function secretOf(provider: string, name: string): string {
  return provider === 'runway' && name === 'apiKey' ? `key_${'0'.repeat(128)}` : `${secretMark}-${name}-9876`
}

/** What a person would leave in a form, with every address leading nowhere. */
function filled({ properties = {} }: JsonSchema): Record<string, unknown> {
  const entries = Object.entries(properties).flatMap(([name, field]): [string, unknown][] => {
    if (/url$|endpoint$/i.test(name)) return [[name, nowhere]]
    if (name === 'address') return [[name, `${nowhere}/v4/p-1/app`]]
    if (name === 'bucket') return [[name, 'my-videos']]
    const value = field.default ?? field.enum?.[0]
    return value === undefined ? [] : [[name, value]]
  })
  return Object.fromEntries(entries)
}
