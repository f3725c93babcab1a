/** What a template may hold; each is replaced for every video. */
export const placeholders = ['date', 'time', 'model', 'words', 'seed', 'id'] as const

type Placeholder = (typeof placeholders)[number]

/** Why a template cannot be used: the name of a sentence below `settings.template` and what to put into it. */
export interface TemplateFault {
  key: 'empty' | 'unknown' | 'sign' | 'dot'
  value: string
}

const MOST_CHARS = 200

function known(name: string): name is Placeholder {
  return (placeholders as readonly string[]).includes(name)
}

/** What is wrong with a template, null where nothing is. */
export function faultOf(template: string): TemplateFault | null {
  if (template.trim() === '') return { key: 'empty', value: '' }
  for (const [whole, name] of template.matchAll(/\{([^{}]*)\}/g)) {
    if (name === undefined || !known(name)) return { key: 'unknown', value: whole }
  }
  const rest = template.replace(/\{\w+\}/g, '')
  const sign = /[/\\:*?"<>|{}]|\p{Cc}/u.exec(rest)?.[0]
  if (sign !== undefined) return { key: 'sign', value: sign }
  if (/^[.\s-]/.test(template) || template.endsWith('.')) return { key: 'dot', value: '' }
  return null
}

/** The longest template, in characters. */
export const longestTemplate = MOST_CHARS

/** The name a video would get; `sample` stands for one. */
export function exampleOf(template: string, sample: Record<Placeholder, string>): string {
  const stem = template.replace(/\{(\w+)\}/g, (whole, name: string) => (known(name) ? sample[name] : whole))
  return `${stem.replace(/\s+/g, ' ').trim()}.mp4`
}
