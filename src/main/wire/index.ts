export { Address, addressRule, baseOf } from './address'
export { isPage, jobError, providerError, rawOf, reasonOf, retryAfter, wireFailure } from './failure'
export { createFiles, type Files } from './files'
export {
  WireError,
  type Wire,
  type WireAnswer,
  type WireBody,
  type WireCall,
  type WireStream,
  type WireTrouble,
} from './types'
export { createWire } from './wire'
