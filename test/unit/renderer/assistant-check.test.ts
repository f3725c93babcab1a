import { describe, expect, it } from 'vitest'
import { checksOf, languageOf } from '../../../src/renderer/assistant/checklist'
import { templatesFor } from '../../../src/renderer/assistant/templates'

const model = (id: string, max = 5000) => ({ id, prompt: { max } })
const states = (prompt: string, id: string, max?: number) =>
  Object.fromEntries(
    checksOf(prompt, model(id, max)).map(({ id: point, state, key }) => [point, `${state} ${key}`]),
  )

const english =
  'Wide shot of a salt flat at dawn. The camera slowly dollies forward as a lone rider crosses it, warm light from the left.'
const chinese = '清晨的盐湖，全景镜头缓慢推近，一位骑手独自穿过，左侧暖色阳光。'

describe('the checklist', () => {
  it('would advise on a prompt that has all there is to say, in either language', () => {
    for (const [prompt, id] of [
      [english, 'luma-ray2'],
      [chinese, 'jimeng-3.0'],
      [chinese, 'kling-v2-6'],
      [english, 'wan22-ti2v-5b'],
    ] as const) {
      expect(
        checksOf(prompt, model(id)).filter(({ state }) => state !== 'ok'),
        id,
      ).toEqual([])
    }
  })

  it('would let pass what a model refuses: length, a language it does not take, a gap left in', () => {
    expect(states(english, 'runway-gen4-turbo', 40)['length']).toBe('wrong lengthOver')
    expect(states(chinese, 'luma-ray2')['language']).toBe('wrong languageOnlyEn')
    expect(states('A [subject] walks in the sun', 'kling-v1')['placeholder']).toBe('wrong placeholderLeft')
    expect(states('一位【人物】走在街上', 'jimeng-3.0')['placeholder']).toBe('wrong placeholderLeft')
  })

  it('would count UTF-16 units where a person counts signs', () => {
    const [length] = checksOf('🦊'.repeat(30), model('animatic', 30))
    expect(length).toMatchObject({ state: 'ok', values: { length: 30 } })
  })

  it('would only advise, and not refuse, where a model merely likes it otherwise', () => {
    expect(states(english, 'jimeng-3.0')['language']).toBe('advice languageBetterZh')
    expect(states(chinese, 'runway-gen4-turbo')['language']).toBe('advice languageBetterEn')
    expect(states('夕日の中を歩く女の人とその犬', 'kling-v1')['language']).toBe('advice languageOther')
    expect(states(english.repeat(12), 'luma-ray2')['length']).toBe('advice lengthAdvised')
    expect(states('a fox', 'kling-v1')['length']).toBe('advice lengthShort')
  })

  it('would take words apart from their meaning: an evening is no action, a camera is no subject', () => {
    expect(states('A quiet evening, soft light, the camera is locked-off', 'kling-v1')['action']).toBe(
      'advice actionNone',
    )
    expect(states('The camera slowly pans over light and shadow', 'kling-v1')['subject']).toBe(
      'advice subjectNone',
    )
  })

  it('would take a few Chinese signs among Latin names for English', () => {
    expect(languageOf('戴 Sony 相机的少女在 Tokyo Tower 前回头微笑')).toBe('zh')
    expect(languageOf('A sign that reads 茶 hangs over the door')).toBe('en')
    expect(languageOf('12345 …')).toBeNull()
  })
})

describe('templates', () => {
  it('would be in a language that the model does not take, longer than it takes, or without gaps to fill', () => {
    for (const own of ['en', 'zh'] as const) {
      for (const id of [
        'luma-ray2',
        'runway-gen4-turbo',
        'kling-v1',
        'jimeng-3.0',
        'wan22-ti2v-5b',
        'animatic',
      ]) {
        const templates = templatesFor(id, own)
        expect(templates.length, id).toBe(4)
        for (const { text } of templates) {
          const checks = checksOf(text, model(id, 500))
          expect(checks.find(({ id: point }) => point === 'language')?.state, `${id} ${text}`).toBe('ok')
          expect(checks.find(({ id: point }) => point === 'length')?.state, `${id} ${text}`).toBe('ok')
          expect(checks.find(({ id: point }) => point === 'placeholder')?.state, `${id} ${text}`).toBe(
            'wrong',
          )
        }
      }
    }
  })
})
