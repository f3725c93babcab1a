import type { assistantActions } from './words'

/** A line between two prompts of one answer; the assistant is told to put it there. */
export const promptDivider = '---'

/** The mark of a block that holds a prompt inside of talk; the assistant is told to use it. */
export const promptFence = '```prompt'

/**
 * The prompts in an answer, also in one that is still being written: all of it for actions that answer with a prompt
 * alone, its parts for variations, and of talk only what is set apart as a prompt.
 */
export function promptsIn(action: (typeof assistantActions)[number] | 'shots', answer: string): string[] {
  switch (action) {
    case 'improve':
    case 'expand':
    case 'shorten':
    case 'translate':
    case 'describe':
    case 'fit':
      return sound([bare(answer)])
    case 'variations':
      return sound(answer.split(/^[ \t]*-{3,}[ \t]*$/m).map((part) => unnumbered(bare(part))))
    case 'chat':
    case 'critique':
      return sound(
        [...answer.matchAll(/^```prompt[^\S\n]*\n([\s\S]*?)(?:^```|(?![\s\S]))/gm)].map(([, text = '']) =>
          text.trim(),
        ),
      )
    case 'shots':
      return []
  }
}

const sound = (texts: string[]) => texts.filter((text) => text !== '')

/** Models sometimes wrap the one thing they were asked for in a block or in quotes of their own. */
function bare(text: string): string {
  const trimmed = text.trim()
  const [, fenced] = /^```\w*\n([\s\S]*?)(?:\n```)?$/.exec(trimmed) ?? []
  const inner = (fenced ?? trimmed).trim()
  const quoted = /^(?:"[^"]*"|“[^“”]*”|「[^「」]*」)$/.test(inner)
  return quoted ? inner.slice(1, -1).trim() : inner
}

/** `1.`, `2)` or `Variation 3:` in front of a part is its place in the list and none of its words. */
function unnumbered(text: string): string {
  return text.replace(/^(?:\*\*)?(?:(?:variation|变体)\s*)?\d{1,2}\s*[.):：、](?:\*\*)?\s*/i, '')
}

/**
 * What a model that writes is called, read from its id at Bedrock: `Claude Haiku 4.5 · global` of
 * `global.anthropic.claude-haiku-4-5-20251001-v1:0`. Null for any other id.
 */
export function writerName(id: string): string | null {
  const read = /(?:^|[/.])(?:([a-z-]+)\.)?anthropic\.claude-([a-z]+)-(\d{1,2})(?:-(\d{1,2}))?(?![\d])/.exec(
    id,
  )
  const [, scope, family, major, minor] = read ?? []
  if (family === undefined || major === undefined) return null
  const name = `Claude ${family.charAt(0).toUpperCase()}${family.slice(1)} ${major}${minor === undefined ? '' : `.${minor}`}`
  return scope === undefined ? name : `${name} · ${scope}`
}
