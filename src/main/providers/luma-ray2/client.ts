import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { sdk, type At, type AwsClients } from '../../aws'
import type { Call } from '../types'
import { callRuntime, type How, type Operation } from './call'
import { providerError } from '../../wire'
import type { LumaPlace } from './place'
import { startBody } from './request'
import { Invocation } from './status'

const Started = z.object({ invocationArn: z.string().min(1) })
// One entry of an unknown shape is no reason to see none of them.
const Listed = z.object({
  nextToken: z.string().nullish(),
  asyncInvokeSummaries: z
    .array(z.unknown())
    .nullish()
    .transform((all) =>
      (all ?? []).flatMap((one) => {
        const read = Invocation.safeParse(one)
        return read.success ? [read.data] : []
      }),
    ),
})

type Page = z.output<typeof Listed>

/** The most entries of a page, and pages of a list; beyond them lie more jobs than a person has made in a month. */
const pageSize = 200
const mostPages = 100

/** StartAsyncInvoke: both transports send the same bytes. Throws as {@link callRuntime}. */
export async function start(
  clients: AwsClients,
  at: At,
  { job, assets, signal }: Call,
  place: LumaPlace,
): Promise<{ arn: string; how: How }> {
  const frames = new Map<string, string>()
  for (const { input, path } of assets) {
    const bytes = await readFile(path).catch((error: unknown) => {
      throw providerError('invalid_request', 'asset.notFound', {}, error)
    })
    frames.set(input.assetId, bytes.toString('base64'))
  }
  const body = startBody(job, place, ({ assetId }) => {
    const data = frames.get(assetId)
    const mime = assets.find(({ asset }) => asset.id === assetId)?.asset.mime
    if (data === undefined || mime === undefined) throw providerError('invalid_request', 'asset.notFound')
    return { mime, data }
  })
  const operation: Operation<z.output<typeof Started>> = {
    async sdk(client, options) {
      const { StartAsyncInvokeCommand } = await sdk.runtime()
      return client.send(new StartAsyncInvokeCommand(body), options)
    },
    http: () => ({
      method: 'POST',
      path: '/async-invoke',
      headers: { 'content-type': 'application/json' },
      body: Buffer.from(JSON.stringify(body)),
    }),
    answer: Started,
  }
  const { value, how } = await callRuntime(clients, at, operation, signal)
  return { arn: value.invocationArn, how }
}

/** GetAsyncInvoke. Throws as {@link callRuntime}. */
export async function get(
  clients: AwsClients,
  at: At,
  invocationArn: string,
  signal: AbortSignal,
): Promise<Invocation> {
  const operation: Operation<Invocation> = {
    async sdk(client, options) {
      const { GetAsyncInvokeCommand } = await sdk.runtime()
      return client.send(new GetAsyncInvokeCommand({ invocationArn }), options)
    },
    http: () => ({ method: 'GET', path: `/async-invoke/${encodeURIComponent(invocationArn)}` }),
    answer: Invocation,
  }
  return (await callRuntime(clients, at, operation, signal)).value
}

/** ListAsyncInvokes from `since` (ms) on, newest first, page by page. Throws as {@link callRuntime}. */
export async function* list(
  clients: AwsClients,
  at: At,
  since: number,
  signal: AbortSignal,
): AsyncGenerator<Invocation> {
  let nextToken: string | null = null
  for (let pages = 0; pages < mostPages; pages += 1) {
    const operation: Operation<Page> = listed(since, nextToken)
    const page: Page = (await callRuntime(clients, at, operation, signal)).value
    yield* page.asyncInvokeSummaries
    nextToken = page.nextToken ?? null
    if (nextToken === null) return
  }
}

function listed(since: number, nextToken: string | null): Operation<Page> {
  const submitTimeAfter = new Date(Math.max(0, since))
  const more = nextToken === null ? {} : { nextToken }
  return {
    async sdk(client, options) {
      const { ListAsyncInvokesCommand } = await sdk.runtime()
      return client.send(
        new ListAsyncInvokesCommand({
          submitTimeAfter,
          maxResults: pageSize,
          sortBy: 'SubmissionTime',
          sortOrder: 'Descending',
          ...more,
        }),
        options,
      )
    },
    http: () => ({
      method: 'GET',
      path: '/async-invoke',
      query: {
        submitTimeAfter: submitTimeAfter.toISOString(),
        maxResults: String(pageSize),
        sortBy: 'SubmissionTime',
        sortOrder: 'Descending',
        ...more,
      },
    }),
    answer: Listed,
  }
}
