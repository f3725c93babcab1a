import {
  createAws,
  createAwsCredentials,
  createAwsPool,
  presignedGet,
  sdk,
  type AwsClients,
  type AwsEnvironment,
} from '../aws'
import type { Network } from '../network'
import type { Clock } from '../ports'
import type { ConnectionAccess } from '../providers'
import { asAws, sentTo, type HostingSettings } from './settings'

export interface StoreOptions {
  network: Network
  environment: AwsEnvironment
  clock: Clock
}

/** The bucket of one image hosting. Throws what `classify` reads. */
export interface Bucket {
  put(object: { key: string; bytes: Uint8Array; mime: string }, signal: AbortSignal): Promise<void>
  /** An address that anybody may GET it from, for a week at most. */
  address(key: string): Promise<string>
  /** Succeeds too where it is not there. */
  remove(key: string, signal?: AbortSignal): Promise<void>
}

/** Opens buckets. Clients are made once for each hosting and its settings. */
export interface Stores {
  open(access: ConnectionAccess, settings: HostingSettings): Bucket
  close(): void
}

/** Makes the one way to buckets. */
export function createStores({ network, environment, clock }: StoreOptions): Stores {
  const accesses = new Map<string, ConnectionAccess>()
  const pool = createAwsPool((id, settings) => {
    // Asked for at each use, so that secrets are the connection's as it is then.
    const to = sentTo(settings).map(({ url }) => url)
    const secret = (name: string) => accesses.get(id)?.secret(name, to) ?? Promise.resolve(null)
    const credentials = createAwsCredentials({ settings, secret, environment, network, clock })
    return createAws({ settings, credentials, network, clock })
  })
  return {
    open(access, settings) {
      accesses.set(access.id, access)
      return bucketOf(pool.get(access.id, asAws(settings)), clock)
    },
    close: () => pool.close(),
  }
}

function bucketOf(aws: AwsClients, clock: Clock): Bucket {
  const Bucket = aws.settings.bucket
  const options = (signal?: AbortSignal) => (signal === undefined ? {} : { abortSignal: signal })
  return {
    async put({ key, bytes, mime }, signal) {
      const { PutObjectCommand } = await sdk.s3()
      const s3 = await aws.s3()
      // Without its content type a provider may take the image for anything.
      await s3.send(
        new PutObjectCommand({ Bucket, Key: key, Body: bytes, ContentType: mime }),
        options(signal),
      )
    },
    async address(key) {
      // As the store's clock has it: a link of the future is refused.
      const { systemClockOffset } = (await aws.s3()).config
      return presignedGet(aws, key, clock.now() + systemClockOffset)
    },
    async remove(key, signal) {
      const { DeleteObjectCommand } = await sdk.s3()
      const s3 = await aws.s3()
      await s3.send(new DeleteObjectCommand({ Bucket, Key: key }), options(signal))
    },
  }
}
