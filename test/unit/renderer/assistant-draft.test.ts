import { describe, expect, it } from 'vitest'
import { readAssistant, useAssistant, writeAssistant } from '../../../src/renderer/state/assistant/draft'

describe('the draft of the assistant', () => {
  it('would lose a typed word over a reload', () => {
    const typed = {
      ...readAssistant(null),
      tab: 'shots' as const,
      action: 'variations' as const,
      words: 'more rain',
      count: 7,
      language: 'zh' as const,
      samplings: {
        anime: { kind: 'topP' as const, value: 0.4 },
        none: { kind: 'temperature' as const, value: null },
      },
      brief: 'A film about salt.',
      briefName: 'brief.md',
      address: 's3://films/brief.md',
      shotCount: 5,
      shots: [{ key: 'a', prompt: 'A flat', seconds: 5, ratio: '16:9', notes: 'dawn' }],
    }
    const kept: unknown = JSON.parse(JSON.stringify(writeAssistant(typed)))
    expect(readAssistant(kept)).toEqual(typed)
  })

  it('would take what another version kept for what this one means', () => {
    expect(
      readAssistant({
        tab: 'else',
        action: 7,
        count: 400,
        shots: ['x', null, { prompt: 3 }],
        samplings: { a: 1, b: { kind: 'topK', value: 1 } },
      }),
    ).toEqual({
      ...readAssistant(null),
      count: 10,
      shots: [{ key: '2', prompt: '', seconds: null, ratio: null, notes: '' }],
    })
  })

  it('would keep the panel open, or its focus, which are no words of anybody', () => {
    expect(Object.keys(writeAssistant(useAssistant.getState()))).not.toContain('open')
    expect(Object.keys(writeAssistant(useAssistant.getState()))).not.toContain('focusAsked')
  })
})
