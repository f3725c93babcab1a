import { GetObjectCommand, type GetObjectCommandInput, type S3Client } from '@aws-sdk/client-s3'
import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { Sha256 } from '@aws-crypto/sha256-js'
import { HttpRequest } from '@smithy/protocol-http'
import { SignatureV4 } from '@smithy/signature-v4'
import { AwsSettings, createAws, createAwsCredentials, type AwsClients } from '../../src/main/aws'
import { download } from '../../src/main/library/download'
import { sha256Of } from '../../src/main/library/receive'
import { createNetwork, type Network } from '../../src/main/network'
import type { OutputBody } from '../../src/main/providers'
import { createDownloads } from '../../src/main/providers/luma-ray2/download'
import { systemClock } from '../../src/main/system'
import { createFiles, createWire } from '../../src/main/wire'
import { spawnAws, type AwsProcess } from '../simulators/aws'
import type { BenchRow } from './support/row'

const megabytes = 300
const rounds = 14
/** Of the speed of curl. */
const least = 0.8
const invocation = 'abcdef123456'
const folderKey = `dailies/${invocation}`
const key = `${folderKey}/output.mp4`

type Open = (offset: number) => Promise<OutputBody>

/**
 * A download to a verified, synced file against curl, which only writes: from the S3 simulator in a process of its
 * own, both to the same disk, in turns.
 */
export async function downloadBench(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'dailies-bench-download-'))
  // Built beside this program by scripts/bench.mjs.
  const aws = await spawnAws({}, join(import.meta.dirname, 'aws.js'))
  try {
    const made = join(folder, 'video.mp4')
    const sha256 = await makeFile(made)
    // The checksum that S3 gives every object which came without one.
    await aws.command({ do: 'put', key, path: made, checksum: 'crc64nvme' })
    const url = await presigned(aws)
    if (!(await hasCurl())) return [missing]
    return await measure({ folder, sha256, url, aws })
  } finally {
    await aws.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

const missing: BenchRow = {
  name: 'download against curl',
  measured: 'not measured: curl is not installed',
  target: `at least ${least} of curl`,
  ok: false,
}

async function measure(what: {
  folder: string
  sha256: string
  url: string
  aws: AwsProcess
}): Promise<BenchRow[]> {
  const { folder, sha256, url, aws } = what
  const clients = clientsAt(aws)
  const to = join(folder, 'down.mp4.part')
  const ours = (from: Open) => async () => {
    const got = await download(
      to,
      {
        open: from,
        expect: { bytes: megabytes * 1_000_000, sha256 },
        signal: new AbortController().signal,
        progress: () => undefined,
      },
      (error) => error,
      systemClock,
    )
    if (got.sha256 !== sha256) throw new Error('another file came')
  }
  const whole = await clients.aws.s3()
  const ranges = await clients.aws.s3Ranges()
  const ways = {
    curl: () => curl(url, to),
    disk: () => writeAndSync(to),
    sound: async () => {
      await curl(url, to)
      await verify(to, sha256)
    },
    http: ours(overHttp(url, clients.network)),
    luma: ours(asLuma(clients.aws, aws.bucket)),
    sdk: ours(overS3(ranges, aws.bucket, {})),
    checked: ours(overS3(whole, aws.bucket, { ChecksumMode: 'ENABLED' })),
  }
  const times = new Map<string, number[]>()
  try {
    for (let round = -1; round < rounds; round += 1) {
      for (const [name, way] of mixed(Object.entries(ways), round + 1)) {
        rmSync(to, { force: true })
        await useMemory(`${to}.memory`)
        const from = performance.now()
        await way()
        // The first round warms all of it.
        if (round >= 0) times.set(name, [...(times.get(name) ?? []), performance.now() - from])
      }
    }
  } finally {
    clients.close()
  }
  const usual = (name: keyof typeof ways) => {
    const sorted = (times.get(name) ?? []).toSorted((a, b) => a - b)
    return ((sorted[(rounds - 1) >> 1] ?? Number.NaN) + (sorted[rounds >> 1] ?? Number.NaN)) / 2
  }
  const row = (name: string, way: keyof typeof ways, against: keyof typeof ways, rival: string): BenchRow => {
    const ratio = usual(against) / usual(way)
    return {
      name: `${megabytes} MB to a verified, synced file, ${name}`,
      measured: `${ratio.toFixed(2)} (${speed(usual(way))} to ${speed(usual(against))})`,
      target: `at least ${least} of ${rival}`,
      ok: ratio >= least,
    }
  }
  const same = 'curl, checksum and sync'
  const beside = (...told: Parameters<typeof row>): BenchRow => ({
    ...row(...told),
    target: 'no target, beside curl alone',
    ok: true,
  })
  return [
    row('over HTTP', 'http', 'sound', same),
    row('as Luma Ray2 fetches it, S3’s checksum included', 'luma', 'sound', same),
    row('through the S3 client', 'sdk', 'sound', same),
    row('over HTTP', 'http', 'curl', 'curl alone'),
    row('as Luma Ray2 fetches it, S3’s checksum included', 'luma', 'curl', 'curl alone'),
    row('through the S3 client', 'sdk', 'curl', 'curl alone'),
    beside('with the S3 client checking too', 'checked', 'curl', 'curl alone'),
    {
      ...beside('', 'disk', 'curl', 'curl alone'),
      name: `${megabytes} MB written from memory and synced: what the disk alone allows`,
    },
  ]
}

/**
 * The same in an order of their own for each round, in which each comes after each other one in turn: the memory that
 * one leaves behind makes the next quicker or slower. True of a prime number of ways.
 */
const mixed = <T>(list: T[], round: number): T[] =>
  list.map((_, at) => list[(at * (1 + (round % (list.length - 1))) + round) % list.length] as T)

/**
 * Lets every way begin with memory that was in use a moment ago. What lies free in a virtual machine its host may take
 * back, and give again a page of 4 KB at a time: at 10 µs each, as measured, that is twice the time of the download.
 */
async function useMemory(path: string): Promise<void> {
  // Whole pieces leave whole blocks free: with a million bytes each, Luma's row fell from 0.91 to 0.69.
  const block = Buffer.alloc(1024 * 1024, 7)
  const file = await open(path, 'w')
  for (let written = 0; written < 3 * megabytes; written += 1) await file.write(block)
  await file.close()
  rmSync(path)
}

/** As many bytes as the video has, without a network or a checksum. */
async function writeAndSync(path: string): Promise<void> {
  const block = Buffer.alloc(1_000_000, 7)
  const file = await open(path, 'w')
  for (let written = 0; written < megabytes; written += 1) await file.write(block)
  await file.sync()
  await file.close()
}

const speed = (ms: number) => `${(megabytes / (ms / 1000)).toFixed(0)} MB/s`

async function makeFile(path: string): Promise<string> {
  const block = randomBytes(1_000_000)
  const hash = createHash('sha256')
  const file = await open(path, 'wx')
  for (let written = 0; written < megabytes; written += 1) {
    block.writeUInt32BE(written)
    hash.update(block)
    await file.writeFile(block)
  }
  await file.sync()
  await file.close()
  return hash.digest('hex')
}

/** Fetches as every provider does whose answer gives an address. */
function overHttp(url: string, network: Network): Open {
  const files = createFiles(createWire(network), 'the bench')
  const { signal } = new AbortController()
  return (offset) => files.open('bench', { url }, offset, signal)
}

function overS3(client: S3Client, bucket: string, more: Pick<GetObjectCommandInput, 'ChecksumMode'>): Open {
  return async (offset) => {
    const { Body, ContentLength } = await client.send(
      new GetObjectCommand({ Bucket: bucket, Key: key, ...more }),
    )
    if (!(Body instanceof Readable) || ContentLength === undefined) throw new Error('S3 gave no body')
    return { stream: Body, offset, bytes: offset + ContentLength }
  }
}

/** The provider's own door: found in its folder, and checked against the CRC-64 that S3 keeps of it. */
function asLuma(clients: AwsClients, bucket: string): Open {
  const downloads = createDownloads()
  const providerJobId = `arn:aws:bedrock:us-west-2:123456789012:async-invoke/${invocation}`
  const output = { ref: `s3://${bucket}/${folderKey}`, bytes: null, sha256: null }
  const { signal } = new AbortController()
  return (offset) => downloads.open(clients, { id: 'bench', providerJobId }, output, offset, signal)
}

/** An address that needs no further signing, for curl. */
async function presigned(aws: AwsProcess): Promise<string> {
  const { hostname, port, protocol } = new URL(aws.urls.s3)
  const signer = new SignatureV4({
    service: 's3',
    region: aws.region,
    credentials: aws.credential,
    sha256: Sha256,
    uriEscapePath: false,
  })
  const signed = await signer.presign(
    new HttpRequest({
      method: 'GET',
      protocol,
      hostname,
      port: Number(port),
      path: `/${aws.bucket}/${key}`,
      headers: { host: `${hostname}:${port}`, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
    }),
    { expiresIn: 3600 },
  )
  const query = new URLSearchParams(signed.query as Record<string, string>)
  return `${aws.urls.s3}${signed.path}?${query}`
}

/** The studio's own clients, pointed at the simulator. */
function clientsAt(simulator: AwsProcess) {
  const settings = AwsSettings.parse({
    region: simulator.region,
    bucket: simulator.bucket,
    s3Endpoint: simulator.urls.s3,
    pathStyle: true,
  })
  const network = createNetwork({
    choice: () => ({ mode: 'none', url: null }),
    systemProxy: () => Promise.resolve(null),
    clock: systemClock,
  })
  const secrets = new Map(Object.entries(simulator.credential))
  const credentials = createAwsCredentials({
    settings,
    secret: (name) => Promise.resolve(secrets.get(name) ?? null),
    environment: { home: '/nowhere', env: {} },
    network,
    clock: systemClock,
  })
  const aws = createAws({ settings, credentials, network, clock: systemClock })
  return {
    aws,
    network,
    close() {
      aws.close()
      network.close()
    },
  }
}

async function hasCurl(): Promise<boolean> {
  return curlRun(['--version']).then(
    () => true,
    () => false,
  )
}

const curl = (url: string, to: string) => curlRun(['--silent', '--fail', '--output', to, url])

async function curlRun(args: string[]): Promise<void> {
  const child = spawn('curl', args, { stdio: ['ignore', 'ignore', 'inherit'] })
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new Error(`curl ended with ${code}`)
}

/** What curl leaves undone. */
async function verify(path: string, sha256: string): Promise<void> {
  if ((await sha256Of(path)) !== sha256) throw new Error('curl brought another file')
  const file = await open(path, 'r+')
  await file.sync()
  await file.close()
}
