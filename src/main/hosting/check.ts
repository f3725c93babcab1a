import type { TestStep } from '@shared/contract'
import type { ProblemValues } from '@shared/problems'
import { classify, keyPrefix, sayFailure, saySignIn, type Said } from '../aws'
import type { Clock, Random } from '../ports'
import { ProviderError, stepsOf, type StepName } from '../providers'
import { WireError, type Wire } from '../wire'
import type { HostingSettings } from './settings'
import type { Bucket } from './stores'

type TestName = StepName<'hosting'>
const step = stepsOf('hosting')

const text = 'Dailies wrote this to test an image hosting. It can be deleted.\n'

export interface CheckParts {
  bucket: Bucket
  settings: HostingSettings
  wire: Wire
  clock: Pick<Clock, 'now'>
  random: Pick<Random, 'id'>
  signal: AbortSignal
}

/**
 * Does with a tiny text what is done with images: puts it into the bucket, reads it from its address as a provider
 * would, and deletes it. What goes wrong is a step.
 */
export async function* checkHosting(parts: CheckParts): AsyncGenerator<TestStep> {
  const { bucket, settings, clock, random, signal } = parts
  const key = `${keyPrefix(settings)}dailies-check-${random.id(clock.now())}.txt`
  const values = { bucket: settings.bucket, key }
  const host = hostOf(settings)
  try {
    await bucket.put({ key, bytes: Buffer.from(text), mime: 'text/plain' }, signal)
  } catch (error) {
    if (signal.aborted) return
    yield failed('write', 'write.denied', values, host, error)
    yield step('read', 'skipped', 'skipped')
    yield step('remove', 'skipped', 'skipped')
    return
  }
  yield step('write', 'ok', 'write.ok', values)
  let read: TestStep | null = null
  let left: unknown = null
  try {
    read = await readAsAnybody(parts, key, values)
  } catch (error) {
    if (!signal.aborted) read = failed('read', 'read.refused', values, host, error)
  } finally {
    // Also when the test was given up in the middle.
    left = await bucket.remove(key).then(
      () => null,
      (error: unknown) => error ?? new Error('unknown'),
    )
  }
  if (read) yield read
  if (signal.aborted) return
  yield left === null
    ? step('remove', 'ok', 'remove.ok', values)
    : failed('remove', 'remove.denied', values, host, left)
}

async function readAsAnybody(
  { bucket, wire, signal }: CheckParts,
  key: string,
  values: ProblemValues,
): Promise<TestStep> {
  const url = await bucket.address(key)
  try {
    const { status, headers, body } = await wire.send({ method: 'GET', url, signal })
    if (status !== 200) return step('read', 'failed', 'read.refused', { ...values, status }, body)
    if (body !== text) return step('read', 'failed', 'read.differs', values)
    const type = headers['content-type'] ?? ''
    return type.startsWith('text/plain')
      ? step('read', 'ok', 'read.ok', values)
      : step('read', 'failed', 'read.type', { ...values, type })
  } catch (error) {
    if (!(error instanceof WireError) || signal.aborted) throw error
    return step('read', 'failed', 'read.unreachable', { host: new URL(url).host, reason: error.message })
  }
}

function hostOf({ s3Endpoint, region }: HostingSettings): string {
  return s3Endpoint === undefined ? `s3.${region}.amazonaws.com` : new URL(s3Endpoint).host
}

function failed(id: string, denied: TestName, values: ProblemValues, host: string, error: unknown): TestStep {
  if (error instanceof ProviderError) {
    return step(id, 'failed', 'secrets', { reason: error.detail.message })
  }
  const signIn = saySignIn(error)
  if (signIn) return said(id, signIn)
  const failure = classify(error)
  if (failure.kind === 'accessDenied')
    return step(id, 'failed', denied, { ...values, status: 403 }, failure.raw)
  if (failure.kind === 'notFound') return step(id, 'failed', 'noBucket', values, failure.raw)
  if (failure.kind === 'wrongRegion') return step(id, 'failed', 'elsewhere', values, failure.raw)
  return said(id, sayFailure(failure, host), failure.raw)
}

const said = (id: string, words: Said, raw: string | null = null): TestStep => ({
  id,
  state: 'failed',
  ...words,
  raw,
})
