/** One prompt of a batch, with what a table says of it beyond the composer's settings. */
export interface Entry {
  prompt: string
  /** Cells of a table by the name of their column, as they were written. */
  cells: Readonly<Record<string, string>>
}

/** Whether each line is a prompt, or each paragraph between empty lines. */
export type Split = 'lines' | 'paragraphs'

/** The prompts of a text. Empty ones are left out; what is inside a prompt stays as it was typed. */
export function entriesOf(text: string, split: Split): Entry[] {
  const parts = split === 'lines' ? text.split(/\r?\n/) : text.split(/(?:\r?\n[ \t]*){2,}/)
  return parts.flatMap((part) => {
    const prompt = part.replaceAll('\r\n', '\n').trim()
    return prompt === '' ? [] : [{ prompt, cells: {} }]
  })
}

/** How a text that stands in the composer is meant: one that has empty lines or one line only is a text of paragraphs. */
export function splitOf(text: string): Split {
  const lines = text.trim().split(/\r?\n/)
  return lines.length > 1 && lines.some((line) => line.trim() === '') ? 'paragraphs' : 'lines'
}

/** The column that holds the prompts, by any of its usual names. */
const promptColumns = ['prompt', 'prompts', 'text', 'description', '提示词', '描述']

/** A table read: the prompts, or why there are none. */
export type Table =
  | { kind: 'read'; entries: Entry[]; columns: string[] }
  | { kind: 'noPrompt'; columns: string[] }
  | { kind: 'broken'; line: number }

/**
 * The prompts of a table (RFC 4180; comma, semicolon or tab). Its first line names the columns, one of which is the
 * prompt; a table of a single column needs no names.
 */
export async function tableOf(text: string): Promise<Table> {
  const { parse } = await import('papaparse')
  const { data, errors } = parse<string[]>(text.replace(/^\uFEFF/, ''), { skipEmptyLines: 'greedy' })
  const broken = errors.find(({ type }) => type === 'Quotes')
  if (broken) return { kind: 'broken', line: (broken.row ?? 0) + 1 }
  const [head = [], ...rows] = data
  const names = head.map((name) => name.trim().toLowerCase())
  const at = names.findIndex((name) => promptColumns.includes(name))
  if (at < 0) {
    if (head.length > 1) return { kind: 'noPrompt', columns: head }
    return { kind: 'read', columns: [], entries: data.flatMap(([prompt = '']) => entryOf(prompt, {})) }
  }
  const others = names.flatMap((name, index) => (index === at || name === '' ? [] : [{ name, index }]))
  return {
    kind: 'read',
    columns: others.map(({ name }) => name),
    entries: rows.flatMap((row) => {
      const cells = others.flatMap(({ name, index }) => {
        const value = (row[index] ?? '').trim()
        return value === '' ? [] : [[name, value] as const]
      })
      return entryOf(row[at] ?? '', Object.fromEntries(cells))
    }),
  }
}

function entryOf(prompt: string, cells: Entry['cells']): Entry[] {
  const words = prompt.trim()
  // A line of settings without words is a prompt that was forgotten, and is said to be.
  return words === '' && Object.keys(cells).length === 0 ? [] : [{ prompt: words, cells }]
}
