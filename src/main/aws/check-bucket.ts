import { serviceUrl } from './base'
import { say, sayFailure, step, type CheckOptions, type CheckStep } from './check-said'
import { classify, headerOf } from './failure'
import { sdk } from './sdk'

/**
 * Whether the bucket is there, and whether it is where the model is: Bedrock writes only inside its region
 * (Amazon S3 API Reference, HeadBucket). S3 names the region also to those who may not look into the bucket.
 */
export async function checkBucket(options: CheckOptions): Promise<{ bucket: CheckStep; region: CheckStep }> {
  const { aws, signal } = options
  const { bucket, bucketOwner, region } = aws.settings
  const values = { bucket, region }
  const regionStep = (there: string | null) => {
    if (!there) return step('region', 'unknown', say('region.hidden', values))
    if (there === region) return step('region', 'ok', say('region.same', values))
    return step('region', 'failed', say('region.other', { region, there }))
  }
  try {
    const { HeadBucketCommand } = await sdk.s3()
    const s3 = await aws.s3()
    const answer = await s3.send(
      new HeadBucketCommand({
        Bucket: bucket,
        ...(bucketOwner === undefined ? {} : { ExpectedBucketOwner: bucketOwner }),
      }),
      signal ? { abortSignal: signal } : {},
    )
    return {
      bucket: step('bucket', 'ok', say('bucket.there', values)),
      region: regionStep(answer.BucketRegion ?? null),
    }
  } catch (error) {
    signal?.throwIfAborted()
    const failure = classify(error)
    const there = headerOf(error, 'x-amz-bucket-region')
    if (failure.kind === 'wrongRegion') {
      return {
        bucket: step('bucket', 'ok', say('bucket.there', values), failure.raw),
        region: regionStep(there),
      }
    }
    if (failure.kind === 'accessDenied') {
      // S3 refuses a bucket of another owner than the one named in the words of a missing right.
      const said =
        bucketOwner === undefined
          ? say('bucket.hidden', values)
          : say('bucket.owner', { ...values, owner: bucketOwner })
      return { bucket: step('bucket', 'unknown', said, failure.raw), region: regionStep(there) }
    }
    const said =
      failure.kind === 'notFound' ? say('bucket.missing', values) : sayFailure(failure, s3Host(aws))
    return { bucket: step('bucket', 'failed', said, failure.raw), region: regionStep(there) }
  }
}

/** The host that sentences name. */
export function s3Host({ settings }: CheckOptions['aws']): string {
  return new URL(settings.s3Endpoint ?? serviceUrl('s3', settings.region)).host
}
