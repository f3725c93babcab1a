export { KeychainError, openKeychain, type Keychain, type KeychainTrouble } from './keychain'
