import { sentence, type ProblemKey, type ProblemValues } from '@shared/problems'

/** The sentences that end a sign-in before any request is made. */
export type SignInProblem = Extract<
  ProblemKey,
  | 'aws.keysMissing'
  | 'aws.profileMissing'
  | 'aws.ssoExpired'
  | 'aws.profileMfa'
  | 'aws.profileFailed'
  | 'aws.chainEmpty'
  | 'aws.chainFailed'
  | 'aws.tokenElsewhere'
>

/** There are no credentials to sign a request with; nothing has been sent. */
export class AwsSignInError extends Error {
  override readonly name = 'AwsSignInError'
  readonly hint: string | undefined

  constructor(
    readonly key: SignInProblem,
    readonly values: ProblemValues = {},
    options?: ErrorOptions,
  ) {
    const said = sentence(key, values)
    super(said.message, options)
    this.hint = said.hint
  }
}
