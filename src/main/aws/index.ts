export { awsAddresses, ownAddress } from './addresses'
export { serviceUrl } from './base'
export { testConnection } from './check'
export { checkIdentity } from './check'
export {
  checkIds,
  sayFailure,
  saySignIn,
  type CheckId,
  type CheckOptions,
  type CheckStep,
  type Said,
} from './check-said'
export { minimalPolicy, type Policy, type PolicyOptions } from './policy'
export { ambient, type AwsEnvironment } from './ambient'
export { createAws, type At, type AwsClients, type AwsOptions, type ClientSettings } from './clients'
export {
  createAwsCredentials,
  type AwsCredentials,
  type AwsCredentialsOptions,
  type AwsSignIn,
} from './credentials'
export { classify, classifyAnswer, type AwsFailure } from './failure'
export type { AwsFailureKind } from './kinds'
export { createAwsPool, type AwsPool } from './pool'
export { presignedGet } from './presign'
export { listProfiles, type Profile, type ProfileKind } from './profiles'
export { regionRule } from './rules'
export {
  AwsSettings,
  awsSecrets,
  commonFields,
  reachFields,
  checkProfile,
  keyPrefix,
  resultUri,
  ui,
  type SecretField,
} from './settings'
export { AwsSignInError } from './sign-in-error'
export { sdk } from './sdk'
export type { SignedAnswer, SignedRequest } from './signed'
