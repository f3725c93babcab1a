import { kindOf, readProfiles, type ProfileFiles, type ProfileKind, type Section } from './profiles'
import { redact } from './redact'
import { sdk } from './sdk'
import { AwsSignInError } from './sign-in-error'
import type { ClientBase, Identity } from './types'

/** What is needed to sign in with a profile. */
export interface ProfileSource {
  files: ProfileFiles
  /**
   * Settings of a client that speaks for the sign-in itself; every ambient setting is shut out in it. `token` is `sts`
   * where it is sent a token of this computer.
   */
  client: (service: 'sts' | 'token' | 'sso', region: string) => Promise<ClientBase>
  /** Where roles are assumed when the profile names no region. */
  region: string
}

/**
 * Credentials of a named profile and how it signed in. Roles are followed through `source_profile` here, so that each
 * step reads the same two files.
 * @throws {AwsSignInError}
 */
export async function profileCredentials(
  name: string,
  source: ProfileSource,
  above: string[] = [],
): Promise<{ identity: Identity; kind: ProfileKind }> {
  const section = (await readProfiles(source.files)).get(name)
  if (!section) throw new AwsSignInError('aws.profileMissing', { profile: name })
  const kind = kindOf(section)
  const from = section['source_profile']
  try {
    // A profile that is its own source means the keys in it.
    if (kind === 'role' && from !== undefined && !above.includes(name)) {
      if (section['mfa_serial'] !== undefined) throw new AwsSignInError('aws.profileMfa', { profile: name })
      const { identity } = await profileCredentials(from, source, [...above, name])
      return { identity: await assume(identity, section, source), kind }
    }
    return { identity: await leaf(name, kind, section, source), kind }
  } catch (error) {
    throw asSignInError(name, kind, error)
  }
}

async function leaf(
  name: string,
  kind: ProfileKind,
  section: Section,
  { files, client, region }: ProfileSource,
): Promise<Identity> {
  const { aws_access_key_id: accessKeyId, aws_secret_access_key: secretAccessKey } = section
  const where = {
    profile: name,
    filepath: files.credentials,
    configFilepath: files.config,
    ignoreCache: true,
  }
  const { fromIni, fromSSO, fromTokenFile } = await sdk.credentials()
  if (kind === 'sso') {
    // The region is the session's own: the SDK reads it from the files, unless a client names another.
    const { region: _none, ...clientConfig } = await client('sso', section['sso_region'] ?? region)
    return fromSSO({ ...where, clientConfig })()
  }
  const clientConfig = await client(kind === 'web' ? 'token' : 'sts', section['region'] ?? region)
  if (kind === 'web') {
    const { web_identity_token_file: webIdentityTokenFile, role_arn: roleArn, role_session_name } = section
    return fromTokenFile({
      ...(webIdentityTokenFile === undefined ? {} : { webIdentityTokenFile }),
      ...(roleArn === undefined ? {} : { roleArn }),
      roleSessionName: role_session_name ?? sessionName,
      clientConfig,
    })()
  }
  if (accessKeyId !== undefined && secretAccessKey !== undefined) {
    const sessionToken = section['aws_session_token']
    return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) }
  }
  return fromIni({ ...where, clientConfig })()
}

/** AWS Security Token Service API Reference, AssumeRole. */
async function assume(
  credentials: Identity,
  section: Section,
  { client, region }: ProfileSource,
): Promise<Identity> {
  const { AssumeRoleCommand, STSClient } = await sdk.sts()
  const sts = new STSClient({ ...(await client('sts', section['region'] ?? region)), credentials })
  const seconds = Number(section['duration_seconds'])
  const { Credentials: made } = await sts.send(
    new AssumeRoleCommand({
      RoleArn: section['role_arn'],
      RoleSessionName: section['role_session_name'] ?? sessionName,
      ...(section['external_id'] === undefined ? {} : { ExternalId: section['external_id'] }),
      ...(Number.isInteger(seconds) && seconds > 0 ? { DurationSeconds: seconds } : {}),
    }),
  )
  if (!made?.AccessKeyId || !made.SecretAccessKey) throw new Error('AssumeRole gave no credentials')
  return {
    accessKeyId: made.AccessKeyId,
    secretAccessKey: made.SecretAccessKey,
    ...(made.SessionToken === undefined ? {} : { sessionToken: made.SessionToken }),
    ...(made.Expiration === undefined ? {} : { expiration: made.Expiration }),
  }
}

const sessionName = 'dailies'
const offline = /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|ECONNRESET)\b/

/** What AWS itself answered stays what it is; what the SDK says of files, programs and sessions becomes a sentence. */
function asSignInError(profile: string, kind: ProfileKind, error: unknown): Error {
  if (!(error instanceof Error))
    return new AwsSignInError('aws.profileFailed', { profile, reason: String(error) })
  if (error instanceof AwsSignInError || '$fault' in error || 'code' in error) return error
  const code = offline.exec(error.message)?.[1]
  // Of a failed request for SSO credentials the SDK keeps only the words.
  if (code !== undefined) return Object.assign(new Error(error.message, { cause: error }), { code })
  if (kind === 'sso' && /aws sso login|unauthorized|expired/i.test(error.message)) {
    return new AwsSignInError('aws.ssoExpired', { profile }, { cause: error })
  }
  if (/multi-factor/i.test(error.message))
    return new AwsSignInError('aws.profileMfa', { profile }, { cause: error })
  const reason = redact(error.message).slice(0, 300)
  return new AwsSignInError('aws.profileFailed', { profile, reason }, { cause: error })
}
