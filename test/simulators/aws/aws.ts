import type { Clock } from '../../../src/main/ports'
import { systemClock } from '../../../src/main/system'
import { bedrockService } from './bedrock'
import { catalogOf } from './catalog'
import { Claude } from './claude'
import type { ChecksumKind } from './checksums'
import { Faults, type Operation } from './faults'
import { Identities, type Credential } from './identity'
import { Invocations, type Invocation } from './invocations'
import { s3Service } from './s3'
import { serve, type SeenRequest } from './server'
import { Store } from './store'
import { stsService } from './sts'
// Inlined, so that it is there in a bundle too.
import clip from './clip.mp4?inline'

/** What can be changed while the simulators run. */
export interface Behaviour {
  /** What the Marketplace says of the account: `none` refuses every submit with AccessDeniedException. */
  access: 'granted' | 'pending' | 'none'
  /** A submit beyond the concurrency: ThrottlingException (429) or ServiceQuotaExceededException (400). */
  overQuota: 'throttling' | 'quota'
  /** A bucket that cannot be written to: ValidationException at once, or a job that fails. */
  badOutput: 'refused' | 'job_failed'
  /** Name of a job's video under its folder; null puts none there. */
  outputName: string | null
  /** Content type of a job's video. */
  outputType: string
  /** Whole-object checksum that a job's video carries. */
  outputChecksum: ChecksumKind
  /** S3 puts the checksum of the whole object on a 206 too. */
  checksumOnRange: boolean
}

export interface AwsOptions {
  /** Region of Bedrock and, unless it says otherwise, of the buckets. us-west-2 when absent. */
  region?: string
  /** Twelve digits. */
  account?: string
  /** The key pairs that are valid; one of the simulator's own when absent. */
  credentials?: Credential[]
  /** Bedrock API keys that are valid. */
  bearers?: string[]
  /** `dailies-results` in the region when absent. */
  buckets?: { name: string; region?: string; owner?: string }[]
  /** Jobs at a time; 1 when absent, as measured for Ray2. */
  concurrency?: number
  /** How long a job takes, milliseconds of `clock`; 100 when absent. Infinity leaves it to {@link AwsSimulator.finish}. */
  jobMs?: number
  /** The video every job gives: bytes, or a file to stream from. A real clip of 5 s, 960x540 when absent. */
  video?: Uint8Array | { path: string }
  behaviour?: Partial<Behaviour>
  /** Times jobs, latencies and slow bodies. */
  clock?: Clock
  /** Wall time (milliseconds since 1970) for signatures, expiries and the times of jobs. SDKs sign by the real one. */
  wall?: () => number
  /** How far a signature's time may be off, in milliseconds. Five minutes when absent. */
  skewMs?: number
  /** Invocations a page of ListAsyncInvokes has when the client does not say. */
  pageSize?: number
  /** Loopback ports; free ones when absent. */
  ports?: { bedrock: number; s3: number; sts: number }
  /** How many requests are remembered, the newest. 20,000 when absent; the counts are of all. */
  remember?: number
  /** Told of every request when it has been answered or broken off. */
  onRequest?: (request: SeenRequest) => void
}

/** AWS on this machine: Bedrock Runtime and control plane, S3 and STS, as strict as the real ones. */
export interface AwsSimulator {
  readonly region: string
  /** Endpoints: Bedrock is runtime and control plane at once; S3 is every region's at once. */
  readonly urls: { bedrock: string; s3: string; sts: string }
  /** The first credential, to sign in with. */
  readonly credential: Credential
  /** Name of the first bucket. */
  readonly bucket: string
  /** Who is known: expire, renew, deny, add. */
  readonly identities: Identities
  /** What goes wrong next. */
  readonly faults: Faults
  /** The buckets, past the wire. */
  readonly store: Store
  readonly behaviour: Behaviour
  /** What Claude answers next, and what was asked. */
  readonly claude: Claude
  /** How many jobs were accepted: the number of entries on the bill. */
  billable(): number
  /** The accepted jobs, oldest first. */
  invocations(): readonly Invocation[]
  /** The requests remembered, oldest first: all, or those for one operation. */
  requests(operation?: Operation): readonly SeenRequest[]
  /** How many requests there were for an operation, remembered or not. */
  count(operation: Operation): number
  /** Resolves once `holds` is true; looked at after every arrival, answer and end of a job. */
  until(holds: (aws: AwsSimulator) => boolean): Promise<void>
  /** Ends jobs in progress now, all or one; with a message they fail. */
  finish(arn?: string, failure?: string): Promise<void>
  /** The next job to be accepted fails with this message. */
  failNext(message: string): void
  /** From the next submit on, jobs take so long (milliseconds). */
  setJobMs(ms: number): void
  setConcurrency(jobs: number): void
  /** Breaks every connection and stops. */
  close(): Promise<void>
}

/** Key pair of a simulator that was given none. */
export const ownCredential: Credential = {
  accessKeyId: 'AKIADAILIESSIMULATED',
  secretAccessKey: 'simulated+secret/access+key/of+40+chars0',
}

const usual: Behaviour = {
  access: 'granted',
  overQuota: 'throttling',
  badOutput: 'refused',
  outputName: 'output.mp4',
  // Measured on the live service: Ray2 does not call its videos video/mp4.
  outputType: 'application/octet-stream',
  outputChecksum: 'crc64nvme',
  checksumOnRange: false,
}

/** Starts the simulators on loopback ports. */
export async function startAws(options: AwsOptions = {}): Promise<AwsSimulator> {
  const { region = 'us-west-2', account = '123456789012', clock = systemClock, wall = Date.now } = options
  const behaviour: Behaviour = { ...usual, ...options.behaviour }
  const credentials = options.credentials ?? [ownCredential]
  const buckets = options.buckets ?? [{ name: 'dailies-results' }]
  const identities = new Identities(account, credentials)
  for (const token of options.bearers ?? []) identities.addBearer(token)
  const faults = new Faults(clock)
  const claude = new Claude(clock)
  const store = new Store(
    buckets.map((bucket) => ({ region, owner: account, ...bucket })),
    wall,
  )
  const video = options.video ?? Buffer.from(clip.slice(clip.indexOf(',') + 1), 'base64')
  const watchers = new Set<() => void>()
  const look = () => {
    for (const watcher of watchers) watcher()
  }
  const invocations = new Invocations({
    clock,
    wall,
    region,
    account,
    jobMs: options.jobMs ?? 100,
    concurrency: options.concurrency ?? 1,
    async deliver(invocation) {
      if (behaviour.outputName === null) return
      const { bucket, key } = placeOf(invocation.s3Uri)
      await store.put(bucket, `${key}/${behaviour.outputName}`, video, {
        contentType: behaviour.outputType,
        checksum: behaviour.outputChecksum,
      })
    },
    ended: look,
  })

  const remembered: SeenRequest[] = []
  const counts = new Map<Operation, number>()
  const common = {
    identities,
    faults,
    wall,
    skewMs: options.skewMs ?? 5 * 60_000,
    seen(request: SeenRequest) {
      remembered.push(request)
      const most = options.remember ?? 20_000
      if (remembered.length > most * 1.1) remembered.splice(0, remembered.length - most)
      if (request.operation) counts.set(request.operation, (counts.get(request.operation) ?? 0) + 1)
      look()
    },
    done(request: SeenRequest) {
      options.onRequest?.(request)
      look()
    },
  }
  const bedrock = bedrockService({
    region,
    identities,
    invocations,
    claude,
    account,
    models: catalogOf(region),
    access: () => behaviour.access,
    overQuota: () => behaviour.overQuota,
    badOutput: () => behaviour.badOutput,
    canWrite({ s3Uri, bucketOwner }, call) {
      const bucket = store.bucket(placeOf(s3Uri).bucket)
      if (!bucket || bucket.region !== region || bucket.owner !== (bucketOwner ?? account)) return false
      return identities.allows(call.signing.credential, 's3:PutObject')
    },
    pageSize: options.pageSize ?? 100,
  })
  const s3 = s3Service({ region, identities, store, checksumOnRange: () => behaviour.checksumOnRange })
  const sts = stsService({ region, identities })
  const { ports } = options
  const servers = {
    bedrock: await serve(bedrock, { ...common, port: ports?.bedrock ?? 0 }),
    s3: await serve(s3, { ...common, port: ports?.s3 ?? 0 }),
    sts: await serve(sts, { ...common, port: ports?.sts ?? 0 }),
  }

  const simulator: AwsSimulator = {
    region,
    urls: { bedrock: servers.bedrock.url, s3: servers.s3.url, sts: servers.sts.url },
    credential: credentials[0] ?? ownCredential,
    bucket: buckets[0]?.name ?? '',
    identities,
    faults,
    store,
    behaviour,
    claude,
    billable: () => invocations.all.length,
    invocations: () => invocations.all,
    requests: (operation) =>
      operation ? remembered.filter((one) => one.operation === operation) : remembered,
    count: (operation) => counts.get(operation) ?? 0,
    until: (holds) =>
      new Promise((resolve) => {
        const watcher = () => {
          if (!holds(simulator)) return
          watchers.delete(watcher)
          resolve()
        }
        watchers.add(watcher)
        watcher()
      }),
    finish: (arn, failure) => invocations.finish(arn, failure),
    failNext: (message) => invocations.failNext(message),
    setJobMs(ms) {
      invocations.jobMs = ms
    },
    setConcurrency(jobs) {
      invocations.concurrency = jobs
    },
    async close() {
      invocations.close()
      await Promise.all([servers.bedrock.close(), servers.s3.close(), servers.sts.close()])
    },
  }
  return simulator
}

/** Bucket and key of an `s3://` address. */
function placeOf(uri: string): { bucket: string; key: string } {
  const [, bucket = '', key = ''] = /^s3:\/\/([^/]+)\/?(.*)$/.exec(uri) ?? []
  return { bucket, key }
}
