import { basename } from 'node:path'
import type { S3Client } from '@aws-sdk/client-s3'
import { StudioError, type ProblemCode, type ProblemKey, type ProblemValues } from '@shared/problems'
import { awsAddresses, AwsSettings, classify, createAws, createAwsCredentials, sdk } from '../aws'
import { ProviderError, type ConnectionAccess } from '../providers'
import { mostBytes, tooLarge } from './brief-limits'
import { makeClients } from './clients'
import { ClaudeSettings } from './settings'
import { claudeId, type AssistantDeps } from './types'

type Deps = Pick<AssistantDeps, 'connections' | 'network' | 'environment' | 'clock'>

/** `s3://bucket/key` apart; null for anything else. */
export function partsOfUri(uri: string): { bucket: string; key: string } | null {
  const [, bucket, key] = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\/(.+)$/.exec(uri.trim()) ?? []
  return bucket === undefined || key === undefined ? null : { bucket, key }
}

/** Reads an object through a connection to AWS, at most {@link mostBytes} of it. Throws StudioError. */
export async function readObject(
  uri: string,
  connectionId: string,
  deps: Deps,
): Promise<{ bytes: Uint8Array; name: string }> {
  const parts = partsOfUri(uri)
  if (!parts) throw new StudioError('invalid_request', 'brief.uri')
  const { bucket, key } = parts
  const clients = clientsOf(connectionId, bucket, deps)
  try {
    return { bytes: await bytesOf(await clients.s3(), bucket, key), name: basename(key) }
  } catch (error) {
    throw refusal(error, uri, bucket)
  } finally {
    clients.close()
  }
}

async function bytesOf(s3: S3Client, bucket: string, key: string): Promise<Uint8Array> {
  const { GetObjectCommand } = await sdk.s3()
  const { Body, ContentLength = 0 } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }))
  const chunks: Uint8Array[] = []
  let bytes = 0
  if (ContentLength > mostBytes) {
    // Unread, it would hold its connection.
    if (Body && 'destroy' in Body && typeof Body.destroy === 'function') Body.destroy()
    throw tooLarge()
  }
  // In Node the body is a stream of bytes.
  for await (const chunk of (Body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength
    if (bytes > mostBytes) throw tooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** Clients of any connection that signs in to AWS with credentials. */
function clientsOf(id: string, bucket: string, deps: Deps): { s3(): Promise<S3Client>; close(): void } {
  const record = deps.connections.record(id)
  const access = deps.connections.access(id)
  if (!record || !access) throw new StudioError('not_found', 'connection.notFound')
  if (record.provider === claudeId) {
    if (ClaudeSettings.parse(access.settings).signIn === 'key')
      throw new StudioError('invalid_request', 'brief.noKeys')
    return makeClients(access, deps)
  }
  const settings = AwsSettings.safeParse(access.settings)
  if (!settings.success) throw new StudioError('invalid_request', 'brief.noKeys')
  return ownClients(access, { ...settings.data, bucket }, deps)
}

function ownClients(access: ConnectionAccess, settings: AwsSettings, deps: Deps) {
  // Nothing but S3 is asked, which is all that an image hosting has an address of.
  const to = awsAddresses(settings, ['s3Endpoint']).map(({ url }) => url)
  const secret = (name: string) => access.secret(name, to)
  const { environment, network, clock } = deps
  const credentials = createAwsCredentials({ settings, secret, environment, network, clock })
  return createAws({ settings, credentials, network, clock })
}

function refusal(error: unknown, uri: string, bucket: string): StudioError {
  if (error instanceof StudioError) return error
  if (error instanceof ProviderError) {
    return new StudioError('unavailable', 'brief.failed', {
      values: { uri, reason: error.message },
      cause: error,
    })
  }
  const { kind, message } = classify(error)
  const reason = message.slice(0, 300)
  const refused = (code: ProblemCode, key: ProblemKey, values: ProblemValues) =>
    new StudioError(code, key, { values, cause: error })
  if (kind === 'notFound') return refused('not_found', 'brief.missing', { uri })
  if (kind === 'accessDenied') return refused('forbidden', 'brief.denied', { uri })
  if (kind === 'wrongRegion') return refused('invalid_request', 'brief.elsewhere', { bucket, reason })
  return refused('unavailable', 'brief.failed', { uri, reason })
}
