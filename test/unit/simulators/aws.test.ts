import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  GetFoundationModelAvailabilityCommand,
  GetFoundationModelCommand,
  ListFoundationModelsCommand,
} from '@aws-sdk/client-bedrock'
import {
  GetAsyncInvokeCommand,
  ListAsyncInvokesCommand,
  type ListAsyncInvokesCommandInput,
  paginateListAsyncInvokes,
} from '@aws-sdk/client-bedrock-runtime'
import { GetObjectCommand } from '@aws-sdk/client-s3'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { lumaModelId } from '../../simulators/aws'
import { ManualClock } from '../../support/clock'
import { controlOf, refusal, runtimeOf, s3Of, simulate, submit } from './clients'

const clip = readFileSync(join(import.meta.dirname, '../../simulators/aws/clip.mp4'))

describe('a job from submit to video', () => {
  it('goes the whole way with the real SDK', async () => {
    const clock = new ManualClock()
    const aws = await simulate({ clock, jobMs: 72_000 })
    const runtime = runtimeOf(aws)
    const { invocationArn } = await runtime.send(submit(aws, { token: 'token-1' }))
    expect(invocationArn).toMatch(/^arn:aws:bedrock:us-west-2:\d{12}:async-invoke\/[a-z0-9]{12}$/)

    clock.advance(71_999)
    const running = await runtime.send(new GetAsyncInvokeCommand({ invocationArn }))
    expect(running).toMatchObject({ status: 'InProgress', clientRequestToken: 'token-1' })
    expect(running.endTime).toBeUndefined()
    clock.advance(1)
    await aws.until(() => aws.invocations()[0]?.status === 'Completed')
    const done = await runtime.send(new GetAsyncInvokeCommand({ invocationArn }))
    const id = invocationArn?.split('/').at(-1)
    expect(done).toMatchObject({
      status: 'Completed',
      modelArn: `arn:aws:bedrock:us-west-2::foundation-model/${lumaModelId}`,
      outputDataConfig: { s3OutputDataConfig: { s3Uri: `s3://${aws.bucket}/dailies/${id}` } },
    })
    expect(done.submitTime).toBeInstanceOf(Date)
    expect(done.endTime).toBeInstanceOf(Date)

    const Key = `dailies/${id}/output.mp4`
    const object = await s3Of(aws).send(new GetObjectCommand({ Bucket: aws.bucket, Key }))
    expect(object.ContentType).toBe('application/octet-stream')
    expect(object.ChecksumCRC64NVME).toBeDefined()
    expect(Buffer.from((await object.Body?.transformToByteArray()) ?? [])).toEqual(clip)
    expect(aws.billable()).toBe(1)
    expect(aws.requests('StartAsyncInvoke')).toHaveLength(1)
  })

  it('fails an empty prompt as a job and not at the door', async () => {
    const clock = new ManualClock()
    const aws = await simulate({ clock, jobMs: 72_000 })
    const runtime = runtimeOf(aws)
    const { invocationArn } = await runtime.send(submit(aws, { input: { prompt: '' } }))
    clock.advance(1000)
    const job = await runtime.send(new GetAsyncInvokeCommand({ invocationArn }))
    expect(job).toMatchObject({ status: 'Failed', failureMessage: 'prompt is required' })
  })

  it('fails a job as scripted and leaves nothing in the bucket', async () => {
    const aws = await simulate({ jobMs: 0 })
    aws.failNext('The generated video has been blocked by our content filters.')
    const runtime = runtimeOf(aws)
    const { invocationArn } = await runtime.send(submit(aws))
    await aws.until(() => aws.invocations()[0]?.status !== 'InProgress')
    const job = await runtime.send(new GetAsyncInvokeCommand({ invocationArn }))
    expect(job).toMatchObject({ status: 'Failed', failureMessage: expect.stringContaining('blocked') })
    expect(aws.store.keys(aws.bucket)).toEqual([])
  })

  it('puts the video under another name, or nowhere, to test who looks for it', async () => {
    const aws = await simulate({ jobMs: Number.POSITIVE_INFINITY, behaviour: { outputName: 'clip-1.mp4' } })
    const runtime = runtimeOf(aws)
    await runtime.send(submit(aws, { s3Uri: `s3://${aws.bucket}` }))
    await aws.finish()
    const id = aws.invocations()[0]?.invocationId
    expect(aws.store.keys(aws.bucket)).toEqual([`${id}/clip-1.mp4`])
    aws.behaviour.outputName = null
    await runtime.send(submit(aws))
    await aws.finish()
    expect(aws.store.keys(aws.bucket)).toHaveLength(1)
  })
})

describe('the request token', () => {
  it('gives the same job for the same request and bills it once', async () => {
    const aws = await simulate({ jobMs: Number.POSITIVE_INFINITY })
    const runtime = runtimeOf(aws)
    const first = await runtime.send(submit(aws, { token: 'aa-1' }))
    const again = await runtime.send(submit(aws, { token: 'aa-1' }))
    expect(again.invocationArn).toBe(first.invocationArn)
    await aws.finish()
    const later = await runtime.send(submit(aws, { token: 'aa-1' }))
    expect(later.invocationArn).toBe(first.invocationArn)
    expect(aws.billable()).toBe(1)
  })

  it('refuses another request under a used token', async () => {
    const aws = await simulate({ concurrency: 9 })
    const runtime = runtimeOf(aws)
    await runtime.send(submit(aws, { token: 'aa-1' }))
    const other = submit(aws, { token: 'aa-1', input: { prompt: 'another' } })
    expect(await refusal(runtime.send(other))).toMatchObject({ name: 'ConflictException', status: 400 })
    expect(aws.billable()).toBe(1)
  })

  it.each(['with_underscore', '-a', 'a-', 'a.b', 'a b'])(
    'refuses %j as the live service does',
    async (token) => {
      const aws = await simulate()
      const refused = await refusal(runtimeOf(aws).send(submit(aws, { token })))
      expect(refused).toMatchObject({ name: 'ValidationException', status: 400 })
      expect(refused.message).toContain('[a-zA-Z0-9](-*[a-zA-Z0-9])*')
      expect(aws.billable()).toBe(0)
    },
  )
})

describe('what a submit is refused for', () => {
  const picture = async (width: number, height: number, type: 'png' | 'jpeg') => {
    const image = sharp({ create: { width, height, channels: 3, background: '#345' } })
    return (await image.toFormat(type).toBuffer()).toString('base64')
  }
  const frame = (media_type: string, data: string) => ({
    prompt: 'x',
    keyframes: { frame0: { type: 'image', source: { type: 'base64', media_type, data } } },
  })

  it.each([
    ['a string instead of an object', JSON.stringify({ prompt: 'x' })],
    ['no prompt', { duration: '5s' }],
    ['a prompt of 5,001 characters', { prompt: 'x'.repeat(5001) }],
    ['a seed', { prompt: 'x', seed: 1 }],
    ['a duration as a number', { prompt: 'x', duration: 5 }],
    ['10 seconds', { prompt: 'x', duration: '10s' }],
    ['1080p', { prompt: 'x', resolution: '1080p' }],
    ['an unknown ratio', { prompt: 'x', aspect_ratio: '2:1' }],
    ['loop as text', { prompt: 'x', loop: 'true' }],
    ['a third frame', { prompt: 'x', keyframes: { frame2: {} } }],
    ['a data: address', frame('image/png', 'data:image/png;base64,AAAA')],
  ])('%s', async (_name, input) => {
    const aws = await simulate()
    const refused = await refusal(runtimeOf(aws).send(submit(aws, { input })))
    expect(refused).toMatchObject({ name: 'ValidationException', status: 400 })
    expect(aws.billable()).toBe(0)
  })

  it('takes pictures of 512 to 4096 pixels in the format they claim, and no others', async () => {
    const aws = await simulate({ concurrency: 99 })
    const runtime = runtimeOf(aws)
    await runtime.send(submit(aws, { input: frame('image/png', await picture(512, 512, 'png')) }))
    await runtime.send(submit(aws, { input: frame('image/jpeg', await picture(4096, 600, 'jpeg')) }))
    for (const input of [
      frame('image/png', await picture(511, 600, 'png')),
      frame('image/jpeg', await picture(600, 4097, 'jpeg')),
      frame('image/jpeg', await picture(600, 600, 'png')),
      frame('image/webp', await picture(600, 600, 'png')),
    ])
      expect((await refusal(runtime.send(submit(aws, { input })))).name).toBe('ValidationException')
    expect(aws.billable()).toBe(2)
  })

  it('an unknown, retired or textual model', async () => {
    const aws = await simulate()
    const runtime = runtimeOf(aws)
    const model = (modelId: string) => refusal(runtime.send(submit(aws, { modelId })))
    expect(await model('luma.ray-v9:0')).toMatchObject({ name: 'ValidationException', status: 400 })
    expect(await model('amazon.nova-reel-v1:1')).toMatchObject({
      name: 'ResourceNotFoundException',
      status: 404,
    })
    expect((await model('anthropic.claude-haiku-4-5-20251001-v1:0')).message).toContain('async inference')
    expect(aws.billable()).toBe(0)
  })

  it('a bucket that is missing, elsewhere, of another owner or not writable', async () => {
    const buckets = [{ name: 'here-1' }, { name: 'there-1', region: 'eu-west-1' }]
    const aws = await simulate({ buckets })
    const runtime = runtimeOf(aws)
    const place = (s3Uri: string, s3 = {}) => refusal(runtime.send(submit(aws, { s3Uri, s3 })))
    for (const refused of [
      await place('s3://nowhere-1/x'),
      await place('s3://there-1/x'),
      await place('s3://here-1/x', { bucketOwner: '210987654321' }),
      await place('https://here-1/x'),
      await place('s3://here-1/x', { kmsKeyId: 'my-key' }),
    ])
      expect(refused).toMatchObject({ name: 'ValidationException', status: 400 })
    aws.identities.deny(aws.credential.accessKeyId, 's3:PutObject')
    expect((await place('s3://here-1/x')).name).toBe('ValidationException')
    aws.behaviour.badOutput = 'job_failed'
    await runtime.send(submit(aws, { s3Uri: 's3://here-1/x' }))
    await aws.finish()
    expect(aws.invocations()[0]).toMatchObject({ status: 'Failed' })
  })

  it('one job too many, by both names AWS has for it', async () => {
    const aws = await simulate({ jobMs: Number.POSITIVE_INFINITY })
    const runtime = runtimeOf(aws)
    await runtime.send(submit(aws))
    expect(await refusal(runtime.send(submit(aws)))).toMatchObject({
      name: 'ThrottlingException',
      status: 429,
    })
    aws.behaviour.overQuota = 'quota'
    const quota = { name: 'ServiceQuotaExceededException', status: 400 }
    expect(await refusal(runtime.send(submit(aws)))).toMatchObject(quota)
    await aws.finish()
    await runtime.send(submit(aws))
    expect(aws.billable()).toBe(2)
  })

  it('a permission or a model access that is missing', async () => {
    const aws = await simulate()
    aws.behaviour.access = 'none'
    const denied = { name: 'AccessDeniedException', status: 403 }
    expect(await refusal(runtimeOf(aws).send(submit(aws)))).toMatchObject(denied)
    aws.behaviour.access = 'granted'
    aws.identities.deny(aws.credential.accessKeyId, 'bedrock:InvokeModel')
    expect(await refusal(runtimeOf(aws).send(submit(aws)))).toMatchObject(denied)
  })

  it('a member the API does not have', async () => {
    const aws = await simulate()
    const runtime = runtimeOf(aws)
    // The SDK drops unknown members itself, so it is put on the wire behind its back.
    runtime.middlewareStack.add(
      (next) => (args) => {
        const request = args.request as { body: Uint8Array }
        const { buffer, byteOffset, byteLength } = request.body
        const text = Buffer.from(buffer, byteOffset, byteLength).toString()
        request.body = Buffer.from(text.replace('{', '{"modelid":"x",'))
        return next(args)
      },
      { step: 'serialize', priority: 'low' },
    )
    const refused = await refusal(runtime.send(submit(aws)))
    expect(refused).toMatchObject({ name: 'ValidationException', status: 400 })
    expect(refused.message).toContain('modelid')
  })
})

describe('Get and List', () => {
  it('refuse an ARN that is malformed, unknown or of another region', async () => {
    const aws = await simulate()
    const runtime = runtimeOf(aws)
    for (const invocationArn of [
      'arn:aws:bedrock:us-west-2:123456789012:async-invoke/short',
      'arn:aws:bedrock:us-west-2:123456789012:async-invoke/abcdefghijkl',
      'arn:aws:bedrock:eu-west-1:123456789012:async-invoke/abcdefghijkl',
    ]) {
      const refused = await refusal(runtime.send(new GetAsyncInvokeCommand({ invocationArn })))
      expect(refused).toMatchObject({ name: 'ValidationException', status: 400 })
    }
  })

  it('page through all jobs, newest first, each once', async () => {
    const aws = await simulate({ concurrency: 99, jobMs: Number.POSITIVE_INFINITY })
    const runtime = runtimeOf(aws)
    for (let n = 0; n < 7; n += 1) await runtime.send(submit(aws, { token: `job-${n}` }))
    const seen: (string | undefined)[] = []
    let pages = 0
    for await (const page of paginateListAsyncInvokes({ client: runtime, pageSize: 3 }, {})) {
      pages += 1
      for (const one of page.asyncInvokeSummaries ?? []) seen.push(one.clientRequestToken)
    }
    expect(pages).toBe(3)
    expect(seen).toEqual([6, 5, 4, 3, 2, 1, 0].map((n) => `job-${n}`))
  })

  it('filter by time and state, and sort either way', async () => {
    let now = Date.now()
    const aws = await simulate({ concurrency: 99, jobMs: Number.POSITIVE_INFINITY, wall: () => now })
    const runtime = runtimeOf(aws)
    const start = now
    for (let n = 0; n < 4; n += 1) {
      await runtime.send(submit(aws, { token: `job-${n}` }))
      now += 1000
    }
    await aws.finish(aws.invocations()[1]?.invocationArn, 'no')
    const list = async (input: ListAsyncInvokesCommandInput) =>
      (await runtime.send(new ListAsyncInvokesCommand(input))).asyncInvokeSummaries?.map(
        (one) => one.clientRequestToken,
      )
    expect(await list({ statusEquals: 'Failed' })).toEqual(['job-1'])
    const submitTimeAfter = new Date(start + 500)
    const submitTimeBefore = new Date(start + 2500)
    expect(await list({ submitTimeAfter, submitTimeBefore, sortOrder: 'Ascending' })).toEqual([
      'job-1',
      'job-2',
    ])
    expect((await refusal(list({ maxResults: 1001 }))).name).toBe('ValidationException')
    expect((await refusal(list({ nextToken: 'bm9wZQ' }))).name).toBe('ValidationException')
  })
})

describe('the control plane', () => {
  it('knows Ray2 in us-west-2 and nowhere else', async () => {
    const aws = await simulate()
    const video = new ListFoundationModelsCommand({ byProvider: 'Luma AI' })
    const { modelSummaries } = await controlOf(aws).send(video)
    expect(modelSummaries).toMatchObject([{ modelId: lumaModelId, outputModalities: ['VIDEO'] }])
    const luma = new GetFoundationModelCommand({ modelIdentifier: lumaModelId })
    expect((await controlOf(aws).send(luma)).modelDetails?.modelLifecycle?.status).toBe('ACTIVE')
    const east = await simulate({ region: 'us-east-1' })
    const missing = { name: 'ResourceNotFoundException', status: 404 }
    expect(await refusal(controlOf(east).send(luma))).toMatchObject(missing)
  })

  it('tells whether model access was granted', async () => {
    const aws = await simulate()
    const ask = () => controlOf(aws).send(new GetFoundationModelAvailabilityCommand({ modelId: lumaModelId }))
    expect((await ask()).agreementAvailability?.status).toBe('AVAILABLE')
    aws.behaviour.access = 'none'
    expect(await ask()).toMatchObject({
      agreementAvailability: { status: 'NOT_AVAILABLE' },
      entitlementAvailability: 'NOT_AVAILABLE',
    })
  })
})
