import type { Conversation, Exchange } from '@shared/contract'

/** A conversation as Markdown: what was asked, what came, and in small print by whom and for how much. */
export function asMarkdown({ title, history }: Conversation & { history: Exchange[] }): string {
  const parts = history.map((exchange) => {
    const { at, action, words, prompt, answer, model, tokensIn, tokensOut, cost } = exchange
    const facts = [
      new Date(at).toISOString(),
      action,
      model,
      ...(tokensIn === null || tokensOut === null ? [] : [`${tokensIn} + ${tokensOut} tokens`]),
      ...(cost === null ? [] : [`${cost.micros / 1_000_000} ${cost.currency}`]),
      ...(exchange.state === 'done' ? [] : [exchange.state]),
    ]
    return [
      `## ${facts.join(' · ')}`,
      ...(words.trim() === '' ? [] : [quote(words)]),
      ...(prompt.trim() === '' ? [] : [fenced(prompt)]),
      ...(exchange.imageId === null ? [] : ['*(with an image)*']),
      answer.trim(),
    ].join('\n\n')
  })
  return `${[`# ${title}`, ...parts].join('\n\n')}\n`
}

/** A file name of a title. */
export function fileName(title: string): string {
  const plain = title
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
  return `${Array.from(plain).slice(0, 60).join('') || 'conversation'}.md`
}

const quote = (text: string) => text.trim().replace(/^/gm, '> ')

/** Fenced with more ticks than the text has. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}prompt\n${text.trim()}\n${fence}`
}
