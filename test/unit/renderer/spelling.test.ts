import { describe, expect, it } from 'vitest'
import { spellingOn } from '@shared/spelling'
import { joined } from '../../../src/renderer/drop/joined'

describe('spelling in prompts', () => {
  it('would be on where a dictionary has to be fetched that nobody asked for', () => {
    expect(spellingOn(null, 'download')).toBe(false)
    expect(spellingOn(null, 'system')).toBe(true)
    expect(spellingOn(true, 'download')).toBe(true)
    expect(spellingOn(false, 'system')).toBe(false)
  })

  it('would be switched on in a browser, which has its own', () => {
    expect(spellingOn(true, undefined)).toBe(false)
  })
})

describe('pasted words', () => {
  it.each([
    ['', ' at dusk\n', 'at dusk'],
    ['A lighthouse', 'at dusk', 'A lighthouse at dusk'],
    ['A lighthouse\n', 'at dusk', 'A lighthouse\nat dusk'],
    ['A lighthouse ', 'at dusk', 'A lighthouse at dusk'],
  ])('after %j, %j would run into it or leave a gap', (prompt, words, whole) => {
    expect(joined(prompt, words)).toBe(whole)
  })
})
