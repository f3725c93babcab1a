import { createRouterClient } from '@orpc/server'
import { onTestFinished } from 'vitest'
import type { Ask, AskEvent, Exchange } from '@shared/contract'
import type { Clock, Random } from '../../../src/main/ports'
import { createStudio } from '../../../src/main/studio'
import { startAws, type AwsOptions, type AwsSimulator } from '../../simulators/aws'
import { hurriedClock, seededRandom } from '../../support/clock'
import { tempFolder } from '../../support/folder'
import { studioPorts } from '../../support/ports'
import { bareSurroundings } from '../../support/surroundings'

/** Haiku 4.5 as the simulators have it: counted, takes sampling. */
export const haiku = 'global.anthropic.claude-haiku-4-5-20251001-v1:0'
/** Haiku 5.5: reached through profiles only, not counted, takes no sampling. */
export const haiku55 = 'global.anthropic.claude-haiku-5-5'
export const bearer = 'ABSKsimulatedBedrockKeyForTests=='

export interface StudioOptions {
  aws?: AwsOptions
  folder?: string
  settings?: Record<string, unknown>
  secrets?: Record<string, string>
  /** Variables of the computer. */
  env?: Record<string, string>
  /** Whether the person has agreed to sending. */
  consent?: boolean
  seed?: number
  clock?: Clock
  random?: Random
  /** An account of its own; false for a studio that has one already. */
  connect?: boolean
}

/** A real studio with an account of Claude at the simulators, and the simulators themselves. */
export async function openStudio(options: StudioOptions = {}) {
  const aws = await startAws({ bearers: [bearer], ...options.aws })
  onTestFinished(() => aws.close())
  const folder = options.folder ?? tempFolder()
  const studio = await createStudio(
    studioPorts(folder, {
      clock: options.clock ?? hurriedClock(5),
      random: options.random ?? seededRandom(options.seed ?? 1),
      surroundings: { ...bareSurroundings, env: options.env ?? {} },
    }),
  )
  onTestFinished(() => studio.close())
  const client = createRouterClient(studio.router)
  if (options.consent !== false) await client.settings.set({ assistantConsent: true })
  const { accessKeyId, secretAccessKey } = aws.credential
  const connection = await client.connections.create({
    provider: 'claude',
    label: 'Words',
    settings: { ...endpoints(aws), ...options.settings },
    secrets: options.secrets ?? { accessKeyId, secretAccessKey },
    keep: 'session',
  })
  /** A question to Haiku 4.5 through this account. */
  const question = <T extends object>(change: T) => ({
    connectionId: connection.id,
    model: haiku,
    action: 'improve' as const,
    prompt: 'a red kite',
    ...change,
  })
  /** Asks it and reads the answer to its end. */
  const ask = async (change: Partial<Ask> = {}) => readAll(await client.assistant.ask(question(change)))
  const answer = async (change: Partial<Ask> = {}) => endedWith(await ask(change))
  return { aws, studio, client, connection, folder, question, ask, answer }
}

export const endpoints = ({ urls }: Pick<AwsSimulator, 'urls'>) => ({
  bedrockEndpoint: urls.bedrock,
  bedrockControlEndpoint: urls.bedrock,
  s3Endpoint: urls.s3,
  stsEndpoint: urls.sts,
  pathStyle: true,
})

/** All that a stream tells, read to its end. */
export async function readAll<T>(events: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const event of events) all.push(event)
  return all
}

/** The exchange that a stream ended with. */
export function endedWith(events: readonly AskEvent[]): Exchange {
  const last = events.at(-1)
  if (last?.type !== 'ended') throw new Error(`the stream ended with ${last?.type ?? 'nothing'}`)
  return last.exchange
}
