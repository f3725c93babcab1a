import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  AwsSettings,
  ambient,
  classify,
  createAwsCredentials,
  listProfiles,
  type AwsCredentialsOptions,
} from '../../../src/main/aws'
import { isTrustedSts } from '../../../src/main/aws/addresses'
import { systemClock } from '../../../src/main/system'
import { ManualClock } from '../../support/clock'
import { tempFolder } from '../../support/folder'
import { directNetwork, json, nobody, planted, serve, thrown, withEnv } from './kit'

const config = `
[default]
region = us-east-1
aws_access_key_id = AKIADEFAULTPROFILE00
aws_secret_access_key = default-secret

[profile work]
region = eu-west-1
# a comment with = signs
sso_session = corp
sso_account_id = 123456789012
sso_role_name = Video
s3 =
  max_concurrent_requests = 20

[sso-session corp]
sso_start_url = https://corp.awsapps.com/start
sso_region = eu-north-1

[profile old-sso]
sso_start_url = https://old.awsapps.com/start
sso_region = eu-north-1
sso_account_id = 123456789012
sso_role_name = Video

[profile role]
role_arn = arn:aws:iam::123456789012:role/video
source_profile = base
external_id = ext-1
duration_seconds = 900

[profile role-of-sso]
role_arn = arn:aws:iam::123456789012:role/video
source_profile = work

[profile mfa]
role_arn = arn:aws:iam::123456789012:role/video
source_profile = base
mfa_serial = arn:aws:iam::123456789012:mfa/me

[profile loop]
role_arn = arn:aws:iam::123456789012:role/video
source_profile = loop-too

[profile loop-too]
role_arn = arn:aws:iam::123456789012:role/video
source_profile = loop

[profile "with space"]
credential_process = true
[profile empty]
output = json
`
const credentialsFile = `
[base]
aws_access_key_id = AKIABASEPROFILE00000
aws_secret_access_key = base-secret ; not a part of it
[both]
aws_access_key_id=AKIABOTH000000000000
aws_secret_access_key=both-secret
aws_session_token=both-token
`

function home(): string {
  const folder = tempFolder()
  mkdirSync(join(folder, '.aws', 'sso', 'cache'), { recursive: true })
  writeFileSync(join(folder, '.aws', 'config'), config)
  writeFileSync(join(folder, '.aws', 'credentials'), credentialsFile)
  return folder
}

/** What `aws sso login` leaves behind. */
function ssoToken(folder: string, of: string, token: Record<string, string>): string {
  const file = join(folder, '.aws', 'sso', 'cache', `${createHash('sha1').update(of).digest('hex')}.json`)
  writeFileSync(file, JSON.stringify(token))
  return file
}

const hour = () => new Date(Date.now() + 3_600_000).toISOString()
const past = () => new Date(Date.now() - 60_000).toISOString()

function credentials(
  settings: Partial<AwsSettings>,
  change: Partial<AwsCredentialsOptions> & { env?: Record<string, string>; folder?: string } = {},
) {
  const { env = {}, folder = '/nowhere', ...options } = change
  return createAwsCredentials({
    settings: AwsSettings.parse({ bucket: 'my-videos', ...settings }),
    secret: () => Promise.resolve(null),
    environment: { home: folder, env },
    network: directNetwork(),
    clock: systemClock,
    ...options,
  })
}

const everything = {
  AWS_ACCESS_KEY_ID: 'AKIAENVIRONMENT00000',
  AWS_SECRET_ACCESS_KEY: 'environment-secret',
  AWS_SESSION_TOKEN: 'environment-token',
  AWS_PROFILE: 'both',
  AWS_CONFIG_FILE: '/nowhere/config',
  AWS_SHARED_CREDENTIALS_FILE: '/nowhere/credentials',
  AWS_WEB_IDENTITY_TOKEN_FILE: '/nowhere/token',
  AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/env',
  AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1:1/',
  AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:1',
  AWS_ENDPOINT_URL_SSO: 'http://127.0.0.1:1',
  AWS_REGION: 'ap-south-1',
}

test('profiles are listed with how they sign in and their region, and never with a secret', async () => {
  const profiles = await listProfiles(home())
  expect(profiles).toEqual([
    { name: 'base', kind: 'keys', region: null },
    { name: 'both', kind: 'keys', region: null },
    { name: 'default', kind: 'keys', region: 'us-east-1' },
    { name: 'empty', kind: 'unknown', region: null },
    { name: 'loop', kind: 'role', region: null },
    { name: 'loop-too', kind: 'role', region: null },
    { name: 'mfa', kind: 'role', region: null },
    { name: 'old-sso', kind: 'sso', region: null },
    { name: 'role', kind: 'role', region: null },
    { name: 'role-of-sso', kind: 'role', region: null },
    { name: 'with space', kind: 'process', region: null },
    { name: 'work', kind: 'sso', region: 'eu-west-1' },
  ])
  expect(JSON.stringify(profiles)).not.toMatch(/secret|AKIA|token/)
  expect(await listProfiles('/nowhere')).toEqual([])
})

test('variables are told of by name only, empty ones not, and those apart that never sign anybody in', () => {
  const env = {
    AWS_PROFILE: 'x',
    AWS_REGION: '',
    HOME: '/',
    AWS_BEARER_TOKEN_BEDROCK: 's',
    AWS_PAGER: 'less',
  }
  expect(ambient(env)).toEqual({
    deciding: ['AWS_PROFILE'],
    ignored: ['AWS_BEARER_TOKEN_BEDROCK', 'AWS_PAGER'],
  })
})

test('every variable that the sign-in reads is said to be one that may decide', () => {
  const source = readFileSync(join(process.cwd(), 'src', 'main', 'aws', 'credentials.ts'), 'utf8')
  const names = [...source.matchAll(/env\['(AWS_\w+)'\]/g)].map(([, name]) => name ?? '')
  expect(names.length).toBeGreaterThan(8)
  const env = Object.fromEntries(names.map((name) => [name, 'x']))
  expect(ambient(env)).toEqual({ deciding: names.toSorted(), ignored: [] })
})

test('keys come from the keychain alone, whatever the environment holds', async () => {
  withEnv(everything)
  const secrets: Record<string, string> = { ...planted }
  const made = credentials(
    {},
    { env: everything, folder: home(), secret: async (name) => secrets[name] ?? null },
  )
  expect(await made.provide()).toEqual(planted)
  expect(made.used()).toEqual({ kind: 'keys' })
  secrets['sessionToken'] = 'added'
  expect(await made.provide()).toEqual({ ...planted, sessionToken: 'added' })
})

test('a keychain that refuses is not taken for one without keys', async () => {
  const made = credentials({}, { secret: () => Promise.reject(new Error('locked')) })
  await expect(made.provide()).rejects.toThrow('locked')
})

test('a profile of keys is read from the home folder, whatever the environment holds', async () => {
  withEnv(everything)
  const folder = home()
  const made = credentials({ signIn: 'profile', profile: 'base' }, { env: everything, folder })
  expect(await made.provide()).toEqual({
    accessKeyId: 'AKIABASEPROFILE00000',
    secretAccessKey: 'base-secret',
  })
  expect(made.used()).toEqual({ kind: 'profile', profile: 'base', via: 'keys' })
})

test('an edited profile counts within a minute, and at once after AWS refused the old keys', async () => {
  const folder = home()
  const clock = new ManualClock()
  const made = credentials({ signIn: 'profile', profile: 'base' }, { folder, clock })
  await made.provide()
  const edit = (id: string) =>
    writeFileSync(
      join(folder, '.aws', 'credentials'),
      `[base]\naws_access_key_id=${id}\naws_secret_access_key=x\n`,
    )
  edit('AKIAEDITED0000000001')
  expect((await made.provide()).accessKeyId).toBe('AKIABASEPROFILE00000')
  clock.advance(60_000)
  expect((await made.provide()).accessKeyId).toBe('AKIAEDITED0000000001')
  edit('AKIAEDITED0000000002')
  made.invalidate()
  expect((await made.provide()).accessKeyId).toBe('AKIAEDITED0000000002')
})

test.each([
  ['missing', 'aws.profileMissing'],
  ['mfa', 'aws.profileMfa'],
  ['empty', 'aws.profileFailed'],
  ['loop', 'aws.profileFailed'],
])('profile %s ends in a sentence before anything is sent', async (profile, key) => {
  const sts = await serve((_, response) => response.end())
  const settings = { signIn: 'profile' as const, profile, stsEndpoint: sts.url }
  const error = await thrown(credentials(settings, { folder: home() }).provide())
  expect(error).toMatchObject({
    name: 'AwsSignInError',
    key,
    values: expect.objectContaining({ profile: expect.any(String) }),
  })
  expect(classify(error)).toMatchObject({ kind: 'noCredentials', sent: false })
  expect(sts.seen).toHaveLength(0)
})

const assumed = (
  until: string,
) => `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
  <Credentials><AccessKeyId>ASIAASSUMED000000000</AccessKeyId><SecretAccessKey>assumed</SecretAccessKey>
  <SessionToken>assumed-token</SessionToken><Expiration>${until}</Expiration></Credentials>
  </AssumeRoleResult></AssumeRoleResponse>`

test('a role is assumed with the keys of its source, and again before its credentials end', async () => {
  withEnv(everything)
  const clock = new ManualClock()
  const sts = await serve((_, response) => {
    response.writeHead(200, { 'content-type': 'text/xml' })
    response.end(assumed(new Date(clock.now() + 3_600_000).toISOString()))
  })
  const settings = { signIn: 'profile' as const, profile: 'role', stsEndpoint: sts.url }
  const made = credentials(settings, { folder: home(), clock, env: everything })
  expect(await made.provide()).toMatchObject({
    accessKeyId: 'ASIAASSUMED000000000',
    sessionToken: 'assumed-token',
  })
  await Promise.all([made.provide(), made.provide()])
  expect(sts.seen).toHaveLength(1)
  expect(sts.seen[0]?.headers.authorization).toContain('Credential=AKIABASEPROFILE00000/')
  expect(sts.seen[0]?.headers.authorization).toContain('/us-west-2/sts/')
  const sent = new URLSearchParams(sts.seen[0]?.body)
  expect(Object.fromEntries(sent)).toMatchObject({
    RoleArn: 'arn:aws:iam::123456789012:role/video',
    ExternalId: 'ext-1',
    DurationSeconds: '900',
  })
  clock.advance(3_600_000 - 299_000)
  await made.provide()
  expect(sts.seen).toHaveLength(2)
  expect(made.used()).toEqual({ kind: 'profile', profile: 'role', via: 'role' })
})

test('concurrent requests share one sign-in', async () => {
  const sts = await serve((_, response) => {
    response.writeHead(200, { 'content-type': 'text/xml' })
    response.end(assumed(hour()))
  })
  const made = credentials({ signIn: 'profile', profile: 'role', stsEndpoint: sts.url }, { folder: home() })
  await Promise.all(Array.from({ length: 20 }, () => made.provide()))
  expect(sts.seen).toHaveLength(1)
})

test('what AWS says to a refused role stays what it is', async () => {
  const sts = await serve((_, response) => {
    response.writeHead(403, { 'content-type': 'text/xml' })
    response.end(
      '<ErrorResponse><Error><Code>AccessDenied</Code><Message>not authorized to perform: sts:AssumeRole</Message></Error></ErrorResponse>',
    )
  })
  const made = credentials({ signIn: 'profile', profile: 'role', stsEndpoint: sts.url }, { folder: home() })
  expect(classify(await thrown(made.provide()))).toMatchObject({ kind: 'accessDenied', status: 403 })
})

test('offline is called offline, not a broken profile', async () => {
  const settings = { signIn: 'profile' as const, profile: 'role', stsEndpoint: await nobody() }
  expect(classify(await thrown(credentials(settings, { folder: home() }).provide()))).toMatchObject({
    kind: 'networkNotSent',
  })
  const folder = home()
  withEnv({ HOME: folder })
  ssoToken(folder, 'https://old.awsapps.com/start', { accessToken: 'sso-access', expiresAt: hour() })
  const sso = credentials({ signIn: 'profile', profile: 'old-sso' }, { folder, ssoEndpoint: await nobody() })
  expect(classify(await thrown(sso.provide()))).toMatchObject({ kind: 'networkNotSent', sent: false })
})

const ssoKeys = {
  roleCredentials: {
    accessKeyId: 'ASIASSO0000000000000',
    secretAccessKey: 'sso-secret',
    sessionToken: 'sso-token',
    expiration: Date.now() + 3_600_000,
  },
}

test.each([
  ['work', 'corp'],
  ['old-sso', 'https://old.awsapps.com/start'],
])('SSO: profile %s turns its sign-in into keys', async (profile, of) => {
  const folder = home()
  withEnv({ ...everything, HOME: folder })
  ssoToken(folder, of, { accessToken: 'sso-access', expiresAt: hour() })
  const portal = await serve((_, response) => json(response, 200, ssoKeys))
  const made = credentials({ signIn: 'profile', profile }, { folder, ssoEndpoint: portal.url })
  expect(await made.provide()).toMatchObject({
    accessKeyId: 'ASIASSO0000000000000',
    sessionToken: 'sso-token',
  })
  expect(portal.seen[0]?.url).toBe('/federation/credentials?account_id=123456789012&role_name=Video')
  expect(portal.seen[0]?.headers['x-amz-sso_bearer_token']).toBe('sso-access')
  expect(made.used()).toEqual({ kind: 'profile', profile, via: 'sso' })
})

test.each([
  ['work', 'corp'],
  ['old-sso', 'https://old.awsapps.com/start'],
])('SSO: an ended sign-in of profile %s says which command to run', async (profile, of) => {
  const folder = home()
  withEnv({ HOME: folder })
  const portal = await serve((_, response) =>
    json(
      response,
      401,
      { message: 'Session token not found or invalid' },
      { 'x-amzn-errortype': 'UnauthorizedException' },
    ),
  )
  const made = credentials({ signIn: 'profile', profile }, { folder, ssoEndpoint: portal.url })
  const never = await thrown(made.provide())
  ssoToken(folder, of, { accessToken: 'sso-access', expiresAt: past() })
  const ended = await thrown(made.provide())
  ssoToken(folder, of, { accessToken: 'sso-access', expiresAt: hour() })
  const revoked = await thrown(made.provide())
  for (const error of [never, ended, revoked]) {
    expect(error).toMatchObject({
      key: 'aws.ssoExpired',
      hint: `Run “aws sso login --profile ${profile}” in a terminal, then try again.`,
    })
    expect(classify(error)).toMatchObject({ kind: 'ssoExpired', sent: false })
    expect(JSON.stringify(classify(error))).not.toContain('sso-access')
  }
})

test('SSO below a role says the profile to sign in with', async () => {
  const folder = home()
  withEnv({ HOME: folder })
  const made = credentials({ signIn: 'profile', profile: 'role-of-sso' }, { folder })
  expect(await thrown(made.provide())).toMatchObject({ key: 'aws.ssoExpired', values: { profile: 'work' } })
})

test('a sign-in of SSO that can be renewed is renewed and kept for the AWS CLI', async () => {
  const folder = home()
  withEnv({ HOME: folder })
  const file = ssoToken(folder, 'corp', {
    accessToken: 'ended',
    expiresAt: past(),
    refreshToken: 'again',
    clientId: 'client',
    clientSecret: 'client-secret',
    registrationExpiresAt: hour(),
  })
  const portal = await serve(({ url }, response) =>
    json(
      response,
      200,
      url === '/token' ? { accessToken: 'renewed', expiresIn: 3600, refreshToken: 'next' } : ssoKeys,
    ),
  )
  const made = credentials({ signIn: 'profile', profile: 'work' }, { folder, ssoEndpoint: portal.url })
  await made.provide()
  expect(portal.seen.at(-1)?.headers['x-amz-sso_bearer_token']).toBe('renewed')
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
    accessToken: 'renewed',
    refreshToken: 'next',
  })
})

/** A program as `credential_process` names one. */
function program(folder: string, script: string): void {
  const path = join(folder, 'give.sh')
  writeFileSync(path, `#!/bin/sh\n${script}\n`)
  chmodSync(path, 0o755)
  writeFileSync(join(folder, '.aws', 'config'), `[profile tool]\ncredential_process = ${path}\n`)
}

test.skipIf(process.platform === 'win32')(
  'a credential program is run, and run again before its keys end',
  async () => {
    const folder = home()
    const clock = new ManualClock(Date.now())
    program(
      folder,
      `echo x >> ${join(folder, 'runs')}\necho '{"Version":1,"AccessKeyId":"ASIATOOL000000000000","SecretAccessKey":"tool","SessionToken":"t","Expiration":"${hour()}"}'`,
    )
    const made = credentials({ signIn: 'profile', profile: 'tool' }, { folder, clock })
    expect(await made.provide()).toMatchObject({ accessKeyId: 'ASIATOOL000000000000' })
    await made.provide()
    clock.advance(3_400_000)
    await made.provide()
    expect(readFileSync(join(folder, 'runs'), 'utf8')).toBe('x\nx\n')
    expect(made.used()).toMatchObject({ via: 'process' })
  },
)

test.skipIf(process.platform === 'win32')(
  'a failing credential program ends in a sentence without what it printed of keys',
  async () => {
    const folder = home()
    program(folder, 'echo "aws_secret_access_key = leaked-secret AKIALEAKED0000000000" >&2; exit 3')
    const error = await thrown(credentials({ signIn: 'profile', profile: 'tool' }, { folder }).provide())
    expect(error).toMatchObject({ key: 'aws.profileFailed' })
    expect(String(error)).not.toMatch(/leaked-secret|AKIALEAKED/)
  },
)

test('the default chain says which of its links was used', async () => {
  const folder = home()
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = everything
  const keys = { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN }
  const byKeys = credentials({ signIn: 'default' }, { folder, env: keys })
  expect(await byKeys.provide()).toMatchObject({
    accessKeyId: 'AKIAENVIRONMENT00000',
    sessionToken: 'environment-token',
  })
  expect(byKeys.used()).toEqual({ kind: 'environment' })
  const byName = credentials({ signIn: 'default' }, { folder, env: { ...keys, AWS_PROFILE: 'both' } })
  expect(await byName.provide()).toMatchObject({ accessKeyId: 'AKIABOTH000000000000' })
  expect(byName.used()).toEqual({ kind: 'profile', profile: 'both', via: 'keys' })
  const byDefault = credentials({ signIn: 'default' }, { folder })
  await byDefault.provide()
  expect(byDefault.used()).toEqual({ kind: 'profile', profile: 'default', via: 'keys' })
  const moved = join(folder, 'elsewhere')
  writeFileSync(moved, '[default]\naws_access_key_id=AKIAMOVED00000000000\naws_secret_access_key=x\n')
  const env = { AWS_SHARED_CREDENTIALS_FILE: moved, AWS_CONFIG_FILE: moved }
  expect(await credentials({ signIn: 'default' }, { folder, env }).provide()).toMatchObject({
    accessKeyId: 'AKIAMOVED00000000000',
  })
})

test('the default chain takes a container’s credentials and a web identity, where they are set up', async () => {
  const container = await serve(({ headers }, response) =>
    headers.authorization === 'container-token'
      ? json(response, 200, {
          AccessKeyId: 'ASIACONTAINER0000000',
          SecretAccessKey: 's',
          Token: 't',
          Expiration: hour(),
        })
      : json(response, 401, {}),
  )
  const inContainer = credentials(
    { signIn: 'default' },
    {
      env: {
        AWS_CONTAINER_CREDENTIALS_FULL_URI: `${container.url}/c`,
        AWS_CONTAINER_AUTHORIZATION_TOKEN: 'container-token',
      },
    },
  )
  expect(await inContainer.provide()).toMatchObject({ accessKeyId: 'ASIACONTAINER0000000' })
  expect(inContainer.used()).toEqual({ kind: 'container' })

  const file = join(tempFolder(), 'token')
  writeFileSync(file, 'web-token')
  const sts = await serve((_, response) => {
    response.writeHead(200, { 'content-type': 'text/xml' })
    response.end(assumed(hour()).replaceAll('AssumeRole', 'AssumeRoleWithWebIdentity'))
  })
  const byWeb = credentials(
    { signIn: 'default', stsEndpoint: sts.url },
    { env: { AWS_WEB_IDENTITY_TOKEN_FILE: file, AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/web' } },
  )
  expect(await byWeb.provide()).toMatchObject({ accessKeyId: 'ASIAASSUMED000000000' })
  expect(new URLSearchParams(sts.seen[0]?.body).get('WebIdentityToken')).toBe('web-token')
  expect(byWeb.used()).toEqual({ kind: 'webIdentity' })
})

test.each([
  ['https://sts.amazonaws.com', true],
  ['https://sts.eu-west-1.amazonaws.com', true],
  ['https://sts-fips.us-east-1.amazonaws.com', true],
  ['https://sts.cn-north-1.amazonaws.com.cn', true],
  ['https://sts.us-west-2.api.aws', true],
  ['https://vpce-0a1b.sts.us-east-1.vpce.amazonaws.com', true],
  ['http://127.0.0.1:4566', true],
  ['http://sts.amazonaws.com', false],
  ['https://abc.execute-api.us-east-1.amazonaws.com', false],
  ['https://sts.us-east-1.amazonaws.com.example.test', false],
  ['https://evil-sts.us-east-1.amazonaws.com', false],
  ['https://sts.evil.compute.amazonaws.com', false],
  ['https://sts.example.test', false],
])('a token of this computer may go to %s: %s', (url, may) => {
  expect(isTrustedSts(url)).toBe(may)
})

test('a token of this computer is not sent to an address that is not AWS’s, by profile or by default', async () => {
  const file = join(tempFolder(), 'token')
  writeFileSync(file, 'web-token')
  const stsEndpoint = 'https://sts.example.test'
  const byDefault = credentials(
    { signIn: 'default', stsEndpoint },
    { env: { AWS_WEB_IDENTITY_TOKEN_FILE: file, AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/web' } },
  )
  const refused = { key: 'aws.tokenElsewhere', values: { host: 'sts.example.test' } }
  expect(await thrown(byDefault.provide())).toMatchObject(refused)
  const folder = home()
  const role = 'role_arn = arn:aws:iam::123456789012:role/web'
  writeFileSync(join(folder, '.aws', 'config'), `[profile web]\n${role}\nweb_identity_token_file = ${file}\n`)
  const byProfile = credentials({ signIn: 'profile', profile: 'web', stsEndpoint }, { folder })
  expect(await thrown(byProfile.provide())).toMatchObject(refused)
})

test('an empty default chain says so without asking a metadata service', async () => {
  expect(await thrown(credentials({ signIn: 'default' }).provide())).toMatchObject({ key: 'aws.chainEmpty' })
})
