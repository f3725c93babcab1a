import { z } from 'zod'
import type { JobState } from '../../../src/shared/contract'
import type { AwsState } from '../../simulators/aws/control'
import { openHistory, partsIn, videosIn } from '../../support/sound'

const Row = z.object({
  id: z.string(),
  state: z.string(),
  token: z.string(),
  arn: z.string().nullable(),
  charged: z.string(),
  cost: z.int().nullable(),
  path: z.string().nullable(),
  kinds: z.string().transform((text) => text.split(' ')),
})
export type Row = z.output<typeof Row>

/** Every job of a studio that does not run, as it stands on the disk, with the kinds of its events. */
export function rowsOf(dataDir: string): Row[] {
  const db = openHistory(dataDir)
  const rows = db
    .prepare(
      `SELECT id, state, idempotency_token AS token, provider_job_id AS arn, charged, cost_micros AS cost, output_path AS path,
         (SELECT group_concat(kind, ' ') FROM job_event WHERE job_seq = seq) AS kinds
       FROM job ORDER BY seq`,
    )
    .all()
  db.close()
  return z.array(Row).parse(rows)
}

/** Where in its life a kill met a job. */
export type Met =
  | 'queued'
  | 'sent, not arrived'
  | 'arrived, answer not kept'
  | 'being made'
  | 'half a file'
  | 'made, no file yet'
  | 'whole file, not finished'

/** Where the kill met each job that goes on. */
export function metBy(rows: readonly Row[], library: string, { invocations }: AwsState): Met[] {
  const arrived = new Set(invocations.map(({ clientRequestToken }) => clientRequestToken))
  const [parts, videos] = [partsIn(library), videosIn(library)]
  return rows.flatMap(({ state, token, path }) => {
    switch (state as JobState) {
      case 'queued':
        return ['queued']
      case 'submitting':
        return [arrived.has(token) ? 'arrived, answer not kept' : 'sent, not arrived']
      case 'processing':
        return ['being made']
      case 'downloading':
        if (path !== null && videos.includes(path)) return ['whole file, not finished']
        return [path !== null && parts.includes(`${path}.part`) ? 'half a file' : 'made, no file yet']
      case 'completed':
      case 'failed':
      case 'cancelling':
      case 'cancelled':
      case 'needs_attention':
        return []
    }
  })
}

/** What is wrong with jobs that must each have been made, told and paid exactly once; empty when nothing is. */
export function faultsOf(rows: readonly Row[], { invocations, errors }: AwsState, price: number): string[] {
  const byToken = new Map(invocations.map((one) => [one.clientRequestToken, one.invocationArn]))
  const once = ['created', 'accepted', 'completed']
  const never = ['failed', 'cancelled', 'needs_attention', 'imported', 'adopted']
  const faults = rows.flatMap(({ id, token, arn, charged, cost, kinds }) => {
    const times = (kind: string) => kinds.filter((one) => one === kind).length
    return [
      ...once.filter((kind) => times(kind) !== 1).map((kind) => `${id}: ${kind} ${times(kind)} times`),
      ...never.filter((kind) => times(kind) > 0).map((kind) => `${id}: ${kind}`),
      ...(arn !== null && byToken.get(token) === arn ? [] : [`${id}: is another job at AWS: ${arn}`]),
      ...(charged === 'yes' && cost === price ? [] : [`${id}: charged ${charged}, cost ${cost}`]),
    ]
  })
  const tokens = new Set(rows.map(({ token }) => token))
  const foreign = [...byToken.keys()].filter((token) => !tokens.has(token))
  // A token under which another body was sent: the request would not have been the same one.
  const conflicts = errors['ConflictException'] ?? 0
  return [
    ...faults,
    ...foreign.map((token) => `billed under a token of no job: ${token}`),
    ...(conflicts === 0 ? [] : [`${conflicts} requests were sent again with another body`]),
  ]
}
