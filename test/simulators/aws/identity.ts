/** What a credential can be refused: the IAM actions the simulators check. */
export type Action =
  | 'bedrock:InvokeModel'
  | 'bedrock:InvokeModelWithResponseStream'
  | 'bedrock:CountTokens'
  | 'bedrock:ListInferenceProfiles'
  | 'bedrock:GetUseCaseForModelAccess'
  | 'bedrock:GetAsyncInvoke'
  | 'bedrock:ListAsyncInvokes'
  | 'bedrock:ListFoundationModels'
  | 'bedrock:GetFoundationModel'
  | 'bedrock:GetFoundationModelAvailability'
  | 's3:ListBucket'
  | 's3:GetBucketLocation'
  | 's3:GetObject'
  | 's3:PutObject'
  | 's3:DeleteObject'

/** A key pair the simulators know. */
export interface Credential {
  accessKeyId: string
  secretAccessKey: string
  /** Makes the credential temporary: requests must carry exactly this token. */
  sessionToken?: string
  /** From this moment (milliseconds since 1970) on every request with it is refused as expired. */
  expiresAt?: number
  /** Actions its owner is not allowed. Empty when absent: everything is allowed. */
  denied?: Action[]
  /** ARN told by GetCallerIdentity; made up from the account when absent. */
  arn?: string
}

/** The credentials that are valid, changeable while the simulators run. */
export class Identities {
  readonly #known = new Map<string, Credential>()
  readonly #bearers = new Map<string, Credential>()

  constructor(
    readonly account: string,
    credentials: readonly Credential[],
  ) {
    for (const credential of credentials) this.add(credential)
  }

  /** Who a Bedrock API key stands for; undefined for one that is not known or has ended. */
  bearer(token: string): Credential | undefined {
    return this.#bearers.get(token)
  }

  /** Makes a Bedrock API key known. */
  addBearer(token: string, denied: Action[] = []): void {
    this.#bearers.set(token, { accessKeyId: 'BedrockAPIKey', secretAccessKey: '', denied })
  }

  /** Lets a Bedrock API key end. */
  endBearer(token: string): void {
    this.#bearers.delete(token)
  }

  /** Registers a credential, or replaces the one with the same access key. */
  add(credential: Credential): void {
    this.#known.set(credential.accessKeyId, { ...credential })
  }

  get(accessKeyId: string): Credential | undefined {
    return this.#known.get(accessKeyId)
  }

  /** Lets a credential expire at `at` (milliseconds since 1970; already expired when absent). */
  expire(accessKeyId: string, at = 0): void {
    const known = this.#known.get(accessKeyId)
    if (known) known.expiresAt = at
  }

  /** Takes an expiry back. */
  renew(accessKeyId: string): void {
    const known = this.#known.get(accessKeyId)
    if (known) delete known.expiresAt
  }

  /** Replaces the list of what a credential is not allowed. */
  deny(accessKeyId: string, ...denied: Action[]): void {
    const known = this.#known.get(accessKeyId)
    if (known) known.denied = denied
  }

  allows(credential: Credential, action: Action): boolean {
    return credential.denied?.includes(action) !== true
  }

  arn(credential: Credential): string {
    if (credential.arn) return credential.arn
    return credential.sessionToken
      ? `arn:aws:sts::${this.account}:assumed-role/studio/session`
      : `arn:aws:iam::${this.account}:user/studio`
  }
}
