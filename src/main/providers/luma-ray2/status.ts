import { z } from 'zod'
import type { JobRecord } from '../../history'
import type { ProviderStatus } from '../types'
import { failedJob } from './errors'
import { costOf } from './models'

/** A moment as the SDK (a date) and the wire (ISO 8601) tell it; ms since 1970. */
const Moment = z.union([z.date(), z.iso.datetime({ offset: true })]).transform((at) => new Date(at).getTime())

/** One invocation as GetAsyncInvoke and ListAsyncInvokes tell it (Amazon Bedrock API Reference). */
export const Invocation = z.object({
  invocationArn: z.string(),
  modelArn: z.string(),
  clientRequestToken: z.string().nullish(),
  // A list may leave the state out, and a word that is not known yet is no reason to lose a paid job.
  status: z.string().catch(''),
  failureMessage: z.string().nullish(),
  submitTime: Moment,
  outputDataConfig: z.object({ s3OutputDataConfig: z.object({ s3Uri: z.string() }) }),
})
export type Invocation = z.output<typeof Invocation>

/**
 * What Bedrock says of a job, as the engine understands it. It tells no progress. The cost is computed from the price
 * that was frozen into the job, since the service names none.
 */
export function statusOf(
  { invocationArn, status, failureMessage, outputDataConfig }: Invocation,
  job: Pick<JobRecord, 'price' | 'params'>,
): ProviderStatus {
  switch (status) {
    case 'Completed':
      return succeededAt(outputDataConfig.s3OutputDataConfig.s3Uri, job)
    case 'Failed': {
      const [bucket = ''] = outputDataConfig.s3OutputDataConfig.s3Uri.replace('s3://', '').split('/')
      const error = failedJob(failureMessage ?? null, { bucket, region: regionOf(invocationArn) ?? '' })
      return { kind: 'failed', error }
    }
    default:
      return { kind: 'processing', progress: null }
  }
}

/** A job whose video lies at this address. */
export function succeededAt(
  ref: string,
  { price, params }: Pick<JobRecord, 'price' | 'params'>,
): ProviderStatus {
  const cost = price === null ? null : costOf(price, params)
  return {
    kind: 'succeeded',
    outputs: [{ ref, bytes: null, sha256: null }],
    ...(cost === null ? {} : { cost, costKind: 'computed' as const }),
  }
}

/** An invocation's id: what follows the last slash of its ARN. */
export function invocationId(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1)
}

/** The region named in an invocation's ARN, `arn:aws:bedrock:<region>:<account>:async-invoke/<id>`. */
export function regionOf(arn: string): string | null {
  return /^arn:aws[^:]*:bedrock:([a-z0-9-]+):\d{12}:async-invoke\/[a-z0-9]+$/.exec(arn)?.[1] ?? null
}
