export { testConnection } from './check'
export { checkIds, type CheckId, type CheckOptions, type CheckStep } from './check-said'
export { minimalPolicy, type Policy, type PolicyOptions } from './policy'
export { ambient, type AwsEnvironment } from './ambient'
export { createAws, type At, type AwsClients, type AwsOptions } from './clients'
export {
  createAwsCredentials,
  type AwsCredentials,
  type AwsCredentialsOptions,
  type AwsSignIn,
} from './credentials'
export { classify, classifyAnswer, type AwsFailure } from './failure'
export type { AwsFailureKind } from './kinds'
export { createAwsPool, type AwsPool } from './pool'
export { listProfiles, type Profile, type ProfileKind } from './profiles'
export { AwsSettings, awsSecrets, keyPrefix, resultUri, type SecretField } from './settings'
export { AwsSignInError } from './sign-in-error'
export type { SignedAnswer, SignedRequest } from './signed'
