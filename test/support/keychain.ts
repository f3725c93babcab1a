import type { KeychainState } from '../../src/shared/contract'
import { KeychainError, type Keychain, type KeychainTrouble } from '../../src/main/connections'

type Deed = 'get' | 'set' | 'remove'

/** A keychain in memory that can be told to refuse: what no real one does at will. */
export class TroubledKeychain implements Keychain {
  readonly kept = new Map<string, string>()
  /** What it answers when it is only looked at. */
  state: KeychainState = 'ready'
  /** Every question put to it, as `get account`. */
  readonly asked: string[] = []
  readonly #troubles: { deed: Deed; trouble: KeychainTrouble; after: number; times: number }[] = []
  #holds: { deed: Deed; reached: () => void; released: Promise<void> }[] = []

  /** From the next but `after` on, this fails so many times, or until {@link TroubledKeychain.mend}. */
  refuse(deed: Deed, trouble: KeychainTrouble, after = 0, times = Infinity): void {
    this.#troubles.push({ deed, trouble, after, times })
  }

  mend(): void {
    this.#troubles.length = 0
  }

  /** The next of these waits: `reached` resolves when it is there, `release` lets it go on. */
  hold(deed: Deed): { reached: Promise<void>; release: () => void } {
    const reached = Promise.withResolvers<void>()
    const released = Promise.withResolvers<void>()
    this.#holds.push({ deed, reached: reached.resolve, released: released.promise })
    return { reached: reached.promise, release: released.resolve }
  }

  count(deed: Deed): number {
    return this.asked.filter((line) => line.startsWith(deed)).length
  }

  check(): Promise<KeychainState> {
    return Promise.resolve(this.state)
  }

  async get(account: string) {
    const secret = this.kept.get(account) ?? null
    await this.#pass('get', account)
    return secret
  }

  async set(account: string, secret: string) {
    try {
      await this.#pass('set', account)
    } catch (error) {
      // Written, but it did not read back.
      if (error instanceof KeychainError && error.trouble === 'failed') this.kept.set(account, secret)
      throw error
    }
    this.kept.set(account, secret)
  }

  async remove(account: string) {
    await this.#pass('remove', account)
    return this.kept.delete(account)
  }

  async #pass(deed: Deed, account: string): Promise<void> {
    this.asked.push(`${deed} ${account}`)
    const hold = this.#holds.find((one) => one.deed === deed)
    this.#holds = this.#holds.filter((one) => one !== hold)
    hold?.reached()
    await hold?.released
    const found = this.#troubles.find((one) => one.deed === deed && one.times > 0)
    if (!found) return
    if (found.after > 0) {
      found.after -= 1
      return
    }
    found.times -= 1
    throw new KeychainError(found.trouble)
  }
}
