import type { ProblemKey, ProblemValues } from './problems'

/** What a template of file names may hold; each is replaced for every video. */
export const placeholders = ['date', 'time', 'model', 'words', 'seed', 'id'] as const
export type Placeholder = (typeof placeholders)[number]

/** The longest template, in characters. */
export const longestTemplate = 200

/** What is wrong with a template: the name of its sentence and what stands in it. */
export interface TemplateFault {
  key: Extract<ProblemKey, `template.${string}`>
  values: ProblemValues
}

const parts = placeholders.map((name) => `{${name}}`).join(' ')

export function isPlaceholder(name: string): name is Placeholder {
  return (placeholders as readonly string[]).includes(name)
}

/** Why files cannot be named by a template, null where they can. The page asks before it sends, the studio always. */
export function templateFault(template: string): TemplateFault | null {
  if (template.trim() === '') return { key: 'template.empty', values: { parts } }
  for (const [whole, name] of template.matchAll(/\{([^{}]*)\}/g)) {
    if (name === undefined || !isPlaceholder(name)) {
      return { key: 'template.unknown', values: { value: whole, parts } }
    }
  }
  const rest = template.replace(/\{\w+\}/g, '')
  const sign = /[/\\:*?"<>|{}]|\p{Cc}/u.exec(rest)?.[0]
  if (sign !== undefined) return { key: 'template.sign', values: { value: sign } }
  if (/^[.\s-]/.test(template) || template.endsWith('.')) return { key: 'template.dot', values: {} }
  return null
}
