import { vi } from 'vitest'

/** Longest wait in milliseconds: what a person would still wait for. A check that holds sooner ends it. */
const patience = 15_000

/** Tries a check until it holds, else throws what it threw last. */
export function eventually<T>(
  check: () => T | Promise<T>,
  options: { timeout?: number; interval?: number } = {},
): Promise<T> {
  return vi.waitFor(check, { timeout: patience, interval: 50, ...options })
}
