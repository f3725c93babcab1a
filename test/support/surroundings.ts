import type { Keychain } from '../../src/main/connections'
import { KeychainError } from '../../src/main/connections'
import type { StudioPorts, Surroundings } from '../../src/main/ports'

/** A computer with nothing around the program: no profile, no variable, no proxy, never asleep. */
export const bareSurroundings: Surroundings = {
  home: '/nonexistent',
  env: {},
  systemProxy: () => Promise.resolve(null),
  onWake: () => () => {},
}

/** What a computer without a keychain answers. */
export const noKeychain: Keychain = {
  check: () => Promise.resolve('absent'),
  get: () => Promise.reject(new KeychainError('absent')),
  set: () => Promise.reject(new KeychainError('absent')),
  remove: () => Promise.reject(new KeychainError('absent')),
}

/** The ports of a studio that has nothing to do with accounts. */
export const barePorts: Pick<StudioPorts, 'keychain' | 'hide' | 'clean' | 'surroundings' | 'run'> = {
  keychain: noKeychain,
  hide: () => {},
  clean: (text) => text,
  surroundings: bareSurroundings,
  run: { safeMode: null, restart: () => {}, painted: () => {} },
}
