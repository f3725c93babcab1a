import { mannerOf } from '@shared/manners'

/** What a template is for; its name is `assistant.template.<kind>`. */
export const templateKinds = ['scene', 'person', 'product', 'frame'] as const
export type TemplateKind = (typeof templateKinds)[number]

/** A prompt with places in brackets that are to be filled. */
export interface Template {
  kind: TemplateKind
  text: string
}

type Words = Record<TemplateKind, string>

// In each family's own order of things; see docs of the vendors named in `@shared/manners`.
const english: [prefix: string, words: Words][] = [
  [
    'luma-',
    {
      scene:
        '[Shot size] of [place] at [time of day]. The camera [one move, such as: slowly dollies forward]. [Subject with its material details] [one clear action]. [Light with its source and direction]. [Mood and colours].',
      person:
        'Medium shot, handheld. [Person: age, clothing, hair] [one action with a beginning and an end] in [place]. [Light with its source], shallow depth of field. [Mood].',
      product:
        'Macro shot, slow push in. [Product: material, finish, colour] stands on [surface]. A highlight sweeps along its edge while [one small movement]. Soft studio light from [side], [background].',
      frame:
        'The camera [one move]. [Subject of the image] [what happens next]. [What moves in the background]. The light stays as it is.',
    },
  ],
  [
    'runway-',
    {
      scene:
        'The camera [one move] through [place] as [subject] [one action]. [Background movement]. [Light]. [Style].',
      person: 'The [person] [one action], then [where they look]. The camera [one move]. [Light and mood].',
      product:
        'The [product] turns slowly on [surface]. Light glides over its [material]. Locked-off camera, clean background.',
      frame: 'The subject [movement]. [What moves in the scene]. The camera [one move].',
    },
  ],
  [
    '',
    {
      scene:
        '[Subject with its looks] [one action] in [place with two details]. [Camera: shot size and one move]. [Light and time of day]. [Style and mood].',
      person:
        '[Person: age, clothing, hair] [one simple movement] in [place]. Medium close-up, camera [one move]. [Light]. [Mood].',
      product:
        '[Product: material, finish] on [surface], [one slow movement]. Macro, slow push in. Soft studio light, [background].',
      frame: '[What moves first], then [what follows]. The camera [one move]. [Change of light].',
    },
  ],
]

const chinese: Words = {
  scene:
    '[主体与外观][一个动作]，[环境与两个细节]。镜头[景别]，[一种运镜，如：缓慢推近]。[光影与时间]，[风格与氛围]。',
  person: '[人物：年龄、衣着、发型]在[地点][一个简单的动作]。中近景，镜头[一种运镜]。[光线]，[情绪]。',
  product: '[产品：材质、质感]放在[台面]上，[一个缓慢的动作]。微距特写，镜头缓慢推近。柔和的棚拍光，[背景]。',
  frame: '[先动的是什么]，随后[接着发生什么]。镜头[一种运镜]。[光线的变化]。',
}

/** Templates for a model, in the language it wants, else in the person's own. */
export function templatesFor(model: string, own: 'en' | 'zh'): Template[] {
  const language = mannerOf(model).language ?? own
  const words = language === 'zh' ? chinese : english.find(([prefix]) => model.startsWith(prefix))?.[1]
  return words ? templateKinds.map((kind) => ({ kind, text: words[kind] })) : []
}
