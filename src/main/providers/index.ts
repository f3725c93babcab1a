export { paramRange, readParams } from './describe'
export { discreet, discreetHolder } from './discreet'
export { createProviders } from './registry'
export { stepsOf, type StepName } from './steps'
export { ProviderError } from './types'
export type {
  AskedStep,
  Call,
  ConnectionAccess,
  Destination,
  ConnectionKind,
  Holder,
  ProviderStray,
  SecretRule,
  Model,
  Inspection,
  OutputBody,
  Provider,
  ProviderOutput,
  Providers,
  ProviderStatus,
} from './types'
