import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { AwsSimulator, Behaviour } from './aws'
import type { ChecksumKind } from './checksums'
import type { Script } from './claude'
import type { Fault, Operation } from './faults'
import type { Action, Credential } from './identity'
import type { InvocationStatus } from './invocations'
import { readBody } from './wire'

/** What `GET /control/state` tells. */
export interface AwsState {
  region: string
  urls: AwsSimulator['urls']
  bucket: string
  credential: Credential
  billable: number
  invocations: {
    invocationArn: string
    clientRequestToken: string
    status: InvocationStatus
    failureMessage: string | null
    s3Uri: string
  }[]
  /** Keys of the first bucket. */
  keys: string[]
  /** Requests by operation. */
  counts: Partial<Record<Operation, number>>
  /** Requests by the code of the error they were answered. */
  errors: Record<string, number>
}

/** What `POST /control` takes, as JSON. */
export type ControlCommand =
  | { do: 'fault'; operation: Operation; fault: Fault; times?: number }
  | { do: 'always'; operation: Operation; fault: Fault | null }
  | { do: 'clear_faults' }
  | { do: 'finish'; arn?: string; failure?: string }
  | { do: 'fail_next'; message: string }
  /** Null lets jobs run until they are finished by hand. */
  | { do: 'job_ms'; ms: number | null }
  | { do: 'concurrency'; jobs: number }
  | { do: 'behave'; behaviour: Partial<Behaviour> }
  /** Puts a file into the first bucket, streamed from where it lies. */
  | { do: 'put'; key: string; path: string; checksum?: ChecksumKind }
  /** How the next answers of Claude go, one each. */
  | { do: 'claude'; scripts: Script[] }
  | { do: 'expire'; accessKeyId: string }
  | { do: 'renew'; accessKeyId: string }
  | { do: 'deny'; accessKeyId: string; actions: Action[] }

/** A small address of its own through which another process reads the counts and scripts what goes wrong. */
export async function serveControl(aws: AwsSimulator): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const answer = (status: number, value: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(JSON.stringify(value))
    }
    if (request.method === 'GET' && request.url === '/control/state') return answer(200, stateOf(aws))
    if (request.method !== 'POST' || request.url !== '/control')
      return answer(404, { error: 'no such address' })
    readBody(request)
      .then((body) => obey(aws, JSON.parse(body.toString()) as ControlCommand))
      .then(() => answer(200, stateOf(aws)))
      .catch((error: unknown) => answer(400, { error: String(error) }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function stateOf(aws: AwsSimulator): AwsState {
  const errors: Record<string, number> = {}
  const counts: AwsState['counts'] = {}
  for (const { error, operation } of aws.requests()) {
    if (error) errors[error] = (errors[error] ?? 0) + 1
    if (operation) counts[operation] = aws.count(operation)
  }
  return {
    region: aws.region,
    urls: aws.urls,
    bucket: aws.bucket,
    credential: aws.credential,
    billable: aws.billable(),
    invocations: aws.invocations().map((one) => ({
      invocationArn: one.invocationArn,
      clientRequestToken: one.request.clientRequestToken,
      status: one.status,
      failureMessage: one.failureMessage,
      s3Uri: one.s3Uri,
    })),
    keys: aws.store.keys(aws.bucket),
    counts,
    errors,
  }
}

async function obey(aws: AwsSimulator, command: ControlCommand): Promise<void> {
  switch (command.do) {
    case 'fault':
      return aws.faults.add(command.operation, command.fault, command.times)
    case 'always':
      return aws.faults.always(command.operation, command.fault)
    case 'clear_faults':
      return aws.faults.clear()
    case 'finish':
      return aws.finish(command.arn, command.failure)
    case 'fail_next':
      return aws.failNext(command.message)
    case 'job_ms':
      return aws.setJobMs(command.ms ?? Number.POSITIVE_INFINITY)
    case 'concurrency':
      return aws.setConcurrency(command.jobs)
    case 'behave':
      Object.assign(aws.behaviour, command.behaviour)
      return
    case 'put': {
      const sum = command.checksum === undefined ? {} : { checksum: command.checksum }
      await aws.store.put(aws.bucket, command.key, { path: command.path }, sum)
      return
    }
    case 'claude':
      return aws.claude.script(...command.scripts)
    case 'expire':
      return aws.identities.expire(command.accessKeyId)
    case 'renew':
      return aws.identities.renew(command.accessKeyId)
    case 'deny':
      return aws.identities.deny(command.accessKeyId, ...command.actions)
  }
  throw new Error(`no such command: ${JSON.stringify(command)}`)
}
