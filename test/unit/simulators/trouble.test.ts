import { fileURLToPath } from 'node:url'
import { ListAsyncInvokesCommand, StartAsyncInvokeCommand } from '@aws-sdk/client-bedrock-runtime'
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { describe, expect, it, onTestFinished } from 'vitest'
import { spawnAws, type AwsSimulator } from '../../simulators/aws'
import { refusal, runtimeOf, simulate, stsOf, submit } from './clients'

describe('who is asking', () => {
  const check = (aws: AwsSimulator, sign = {}) =>
    refusal(runtimeOf(aws, sign).send(new ListAsyncInvokesCommand({})))

  it('refuses a wrong secret, an unknown key and the wrong region, and takes no job from them', async () => {
    const aws = await simulate()
    const wrong = { secretAccessKey: 'x'.repeat(40) }
    expect(await check(aws, wrong)).toMatchObject({ name: 'InvalidSignatureException', status: 403 })
    const unknown = { accessKeyId: 'AKIAAAAAAAAAAAAAAAAA' }
    expect(await check(aws, unknown)).toMatchObject({ name: 'UnrecognizedClientException', status: 403 })
    const region = await check(aws, { region: 'us-east-1' })
    expect(region).toMatchObject({ name: 'InvalidSignatureException', status: 403 })
    expect(region.message).toContain('valid region')
    await refusal(runtimeOf(aws, wrong).send(submit(aws)))
    expect(aws.billable()).toBe(0)
  })

  it('wants the token of a temporary credential, and refuses it once expired', async () => {
    const temporary = { accessKeyId: 'ASIATEMPORARY0000001', secretAccessKey: 's'.repeat(40) }
    const aws = await simulate({ credentials: [{ ...temporary, sessionToken: 'the+token/==' }] })
    await runtimeOf(aws).send(new ListAsyncInvokesCommand({}))
    expect((await check(aws, { sessionToken: 'another' })).name).toBe('UnrecognizedClientException')
    aws.identities.expire(temporary.accessKeyId)
    expect(await check(aws)).toMatchObject({ name: 'ExpiredTokenException', status: 403 })
    aws.identities.renew(temporary.accessKeyId)
    await runtimeOf(aws).send(new ListAsyncInvokesCommand({}))
  })

  it('refuses a clock that is off by more than five minutes, and tells its own', async () => {
    let off = 0
    const aws = await simulate({ wall: () => Date.now() + off })
    off = 6 * 60_000
    expect((await check(aws)).name).toBe('InvalidSignatureException')
    const runtime = runtimeOf(aws)
    runtime.config.maxAttempts = () => Promise.resolve(2)
    off = 4 * 60_000
    await runtime.send(new ListAsyncInvokesCommand({}))
  })

  it('tells STS callers who they are', async () => {
    const aws = await simulate({ account: '111122223333' })
    const me = await stsOf(aws).send(new GetCallerIdentityCommand({}))
    expect(me).toMatchObject({ Account: '111122223333', Arn: 'arn:aws:iam::111122223333:user/studio' })
    const who = (sign: object) => refusal(stsOf(aws, sign).send(new GetCallerIdentityCommand({})))
    expect(await who({ secretAccessKey: 'x' })).toMatchObject({ name: 'SignatureDoesNotMatch', status: 403 })
    expect((await who({ accessKeyId: 'AKIANOBODY' })).name).toBe('InvalidClientTokenId')
    aws.identities.expire(aws.credential.accessKeyId)
    expect((await who({})).name).toMatch(/^ExpiredToken/)
  })
})

describe('what goes wrong', () => {
  it('loses the answer of a submit that was taken, and knows it again by its token', async () => {
    const aws = await simulate({ jobMs: Number.POSITIVE_INFINITY })
    const runtime = runtimeOf(aws)
    aws.faults.add('StartAsyncInvoke', { kind: 'drop' })
    aws.faults.add('StartAsyncInvoke', { kind: 'drop_after' })
    expect((await refusal(runtime.send(submit(aws, { token: 't1' })))).status).toBeUndefined()
    expect(aws.billable()).toBe(0)
    expect((await refusal(runtime.send(submit(aws, { token: 't1' })))).status).toBeUndefined()
    expect(aws.billable()).toBe(1)
    const { invocationArn } = await runtime.send(submit(aws, { token: 't1' }))
    expect(invocationArn).toBe(aws.invocations()[0]?.invocationArn)
    expect(aws.billable()).toBe(1)
  })

  it('breaks off in the middle of an answer', async () => {
    const aws = await simulate()
    aws.faults.add('StartAsyncInvoke', { kind: 'half' })
    expect((await refusal(runtimeOf(aws).send(submit(aws)))).message).toMatch(/aborted|hang up/)
    expect(aws.billable()).toBe(1)
  })

  it('throttles, fails and speaks HTML like a proxy', async () => {
    const aws = await simulate()
    const runtime = runtimeOf(aws)
    const ask = () => refusal(runtime.send(new ListAsyncInvokesCommand({})))
    aws.faults.add('ListAsyncInvokes', { kind: 'throttle' })
    aws.faults.add('ListAsyncInvokes', { kind: 'error', status: 500 })
    aws.faults.add('ListAsyncInvokes', { kind: 'error', status: 503 })
    aws.faults.add('ListAsyncInvokes', { kind: 'html' })
    aws.faults.add('ListAsyncInvokes', { kind: 'expired' })
    expect(await ask()).toMatchObject({ name: 'ThrottlingException', status: 429 })
    expect(await ask()).toMatchObject({ name: 'InternalServerException', status: 500 })
    expect(await ask()).toMatchObject({ name: 'ServiceUnavailableException', status: 503 })
    expect(await ask()).toMatchObject({ name: 'SyntaxError', status: 502 })
    expect(await ask()).toMatchObject({ name: 'ExpiredTokenException', status: 403 })
    await runtime.send(new ListAsyncInvokesCommand({}))
  })

  it('holds a request before and after it is done', async () => {
    const aws = await simulate()
    const runtime = runtimeOf(aws)
    const before = aws.faults.hold('StartAsyncInvoke')
    const after = aws.faults.hold('StartAsyncInvoke', 'after')
    const answer = runtime.send(submit(aws))
    await before.reached
    expect(aws.billable()).toBe(0)
    before.release()
    await after.reached
    expect(aws.billable()).toBe(1)
    after.release()
    expect((await answer).invocationArn).toBeDefined()
  })

  it('does not see two submits in one that the SDK repeated', async () => {
    const aws = await simulate()
    aws.faults.add('StartAsyncInvoke', { kind: 'drop_after' })
    const runtime = runtimeOf(aws)
    const client = { ...submit(aws).input, clientRequestToken: 'r1' }
    runtime.config.maxAttempts = () => Promise.resolve(3)
    await refusal(runtime.send(new StartAsyncInvokeCommand(client)))
    await runtime.send(new StartAsyncInvokeCommand(client))
    expect(aws.billable()).toBe(1)
  })
})

describe('in another process', () => {
  it('tells its counts, is scripted through its control address, and ends', async () => {
    const aws = await spawnAws({ jobMs: null, concurrency: 2 })
    let open = true
    onTestFinished(() => (open ? aws.close() : undefined))
    const runtime = runtimeOf(aws)
    await runtime.send(submit(aws, { token: 'c-1' }))
    await aws.command({ do: 'fault', operation: 'StartAsyncInvoke', fault: { kind: 'throttle' } })
    expect((await refusal(runtime.send(submit(aws)))).name).toBe('ThrottlingException')
    const state = await aws.command({ do: 'finish' })
    expect(state).toMatchObject({
      billable: 1,
      invocations: [{ clientRequestToken: 'c-1', status: 'Completed' }],
      keys: [expect.stringMatching(/^dailies\/[a-z0-9]{12}\/output\.mp4$/)],
      counts: { StartAsyncInvoke: 2 },
      errors: { ThrottlingException: 1 },
    })
    const path = fileURLToPath(import.meta.url)
    const { keys } = await aws.command({ do: 'put', key: 'file', path })
    expect(keys).toContain('file')
    runtime.destroy()
    await aws.close()
    open = false
    await expect(aws.state()).rejects.toThrow('fetch failed')
  })
})
