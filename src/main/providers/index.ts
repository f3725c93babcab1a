export { paramRange, readParams } from './describe'
export { discreet } from './discreet'
export { createProviders } from './registry'
export { ProviderError } from './types'
export type {
  AskedStep,
  Call,
  ConnectionAccess,
  ConnectionKind,
  ProviderStray,
  SecretRule,
  Model,
  OutputBody,
  Provider,
  ProviderOutput,
  Providers,
  ProviderStatus,
} from './types'
