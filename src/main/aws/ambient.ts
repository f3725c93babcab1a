/** What a studio takes from the computer it runs on for signing in. */
export interface AwsEnvironment {
  /** The person's home folder; profiles are read below it. */
  home: string
  env: Record<string, string | undefined>
}

/** What the chain of `default` sign-in reads; whatever else is set counts for nothing. */
const read = new Set([
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_PROFILE',
  'AWS_CONFIG_FILE',
  'AWS_SHARED_CREDENTIALS_FILE',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_ROLE_ARN',
  'AWS_ROLE_SESSION_NAME',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE',
])

/**
 * The names of the AWS_* variables that are set, in order and without their values: those that may decide who signs in
 * where the sign-in is `default`, and those that never do.
 */
export function ambient(env: AwsEnvironment['env']): { deciding: string[]; ignored: string[] } {
  const names = Object.keys(env)
    .filter((name) => name.startsWith('AWS_') && (env[name] ?? '') !== '')
    .sort()
  return {
    deciding: names.filter((name) => read.has(name)),
    ignored: names.filter((name) => !read.has(name)),
  }
}
