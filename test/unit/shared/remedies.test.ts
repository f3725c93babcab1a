import { expect, it } from 'vitest'
import en from '../../../src/shared/messages/en.json' with { type: 'json' }
import { remedyOf } from '../../../src/shared/remedies'

it('a remedy that speaks of the policy, or of an action in it, would not lead there', () => {
  const remedies = Object.entries(en.test).filter(([name]) => name.endsWith('.remedy'))
  expect(remedies.length).toBeGreaterThan(50)
  for (const [name, text] of remedies) {
    const speaks = /policy (that|of) this connection|\b(s3|bedrock|kms):[A-Z]/.test(text)
    expect(remedyOf(name.slice(0, -'.remedy'.length))?.needs, name).toBe(speaks ? 'policy' : undefined)
  }
})
