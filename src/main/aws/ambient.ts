/** What a studio takes from the computer it runs on for signing in. */
export interface AwsEnvironment {
  /** The person's home folder; profiles are read below it. */
  home: string
  env: Record<string, string | undefined>
}

/**
 * The names of the AWS_* variables that are set, in order and without their values, so that the page can say that they
 * are used (`default` sign-in) or ignored.
 */
export function ambient(env: AwsEnvironment['env']): string[] {
  return Object.keys(env)
    .filter((name) => name.startsWith('AWS_') && (env[name] ?? '') !== '')
    .sort()
}
