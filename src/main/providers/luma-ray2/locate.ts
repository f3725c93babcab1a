import type { S3Client } from '@aws-sdk/client-s3'
import { sdk } from '../../aws'
import { invocationId } from './status'

/** Where a result is, as an output's `ref` says: a folder as Bedrock told it, or the object itself with its ETag. */
export interface Ref {
  bucket: string
  /** The folder of the invocation, without a slash at its end. */
  folder: string
  /** The object, once it was seen. */
  found: { key: string; etag: string } | null
}

/**
 * Reads a `ref`: `s3://bucket/prefix/id` with or without a slash or the invocation's id at its end, or what
 * {@link refOf} wrote. Null for anything else.
 */
export function readRef(ref: string, arn: string): Ref | null {
  const [, bucket, rest = ''] = /^s3:\/\/([^/]+)\/?(.*)$/s.exec(ref) ?? []
  if (bucket === undefined) return null
  const [, key, etag] = /^(.*)#("[^"#]+")$/s.exec(rest) ?? []
  if (key !== undefined && etag !== undefined) {
    return { bucket, folder: key.slice(0, Math.max(0, key.lastIndexOf('/'))), found: { key, etag } }
  }
  const path = rest.replace(/\/+$/, '')
  const id = invocationId(arn)
  const ends = path === id || path.endsWith(`/${id}`)
  return { bucket, folder: ends ? path : [path, id].filter(Boolean).join('/'), found: null }
}

/** The object itself as a `ref`, so that a download goes on with the same bytes after a restart. */
export function refOf(bucket: string, key: string, etag: string): string {
  return `s3://${bucket}/${key}#${etag}`
}

/** The name that Ray2's results were seen under. */
export function usualKey(folder: string): string {
  return `${folder}/output.mp4`
}

/** The only video of a folder; null where there is none, or more than one to choose from. Throws as the SDK does. */
export async function soleVideo(
  client: S3Client,
  { bucket, folder }: Pick<Ref, 'bucket' | 'folder'>,
  signal: AbortSignal,
): Promise<string | null> {
  const { ListObjectsV2Command } = await sdk.s3()
  const found: string[] = []
  let ContinuationToken: string | undefined
  do {
    const page = await client.send(
      new ListObjectsV2Command({
        Bucket: bucket,
        Prefix: `${folder}/`,
        ...(ContinuationToken === undefined ? {} : { ContinuationToken }),
      }),
      { abortSignal: signal },
    )
    for (const { Key = '' } of page.Contents ?? []) if (/\.mp4$/i.test(Key)) found.push(Key)
    ContinuationToken = page.IsTruncated === true ? page.NextContinuationToken : undefined
  } while (ContinuationToken !== undefined && found.length < 2)
  return found.length === 1 ? (found[0] ?? null) : null
}
