/** The type that a card of the gallery carries its job's id in. */
export const jobType = 'application/x-dailies-job'

/** What is being dragged over the window, as far as the system tells before it is dropped. */
export type Dragged =
  | { kind: 'images'; count: number }
  /** One file of prompts: plain text, or a table. */
  | { kind: 'prompts' }
  /** A document that a list of shots can be made of. */
  | { kind: 'brief' }
  /** Files, none of which can be an image. */
  | { kind: 'others' }
  /** A video of the gallery. */
  | { kind: 'job' }
  /** An address or a picture of another page, without a file. */
  | { kind: 'address' }

/** What systems call plain text and tables; on Windows with a spreadsheet program, a table bears that one's name. */
const sheetTypes = new Set([
  'text/plain',
  'text/csv',
  'text/tab-separated-values',
  'application/csv',
  'application/vnd.ms-excel',
])

/** Documents that are briefs and no tables of prompts. */
const briefTypes = new Set(['application/pdf', 'text/markdown', 'text/x-markdown'])

interface Transfer {
  types: readonly string[]
  items: ArrayLike<{ kind: string; type: string }>
}

/** What a drag holds; null for plain text, which belongs to text fields. */
export function draggedOf({ types, items }: Transfer): Dragged | null {
  if (types.includes(jobType)) return { kind: 'job' }
  if (types.includes('Files')) {
    const files = Array.from(items).filter((item) => item.kind === 'file')
    // Some systems do not name the type until the drop: what is unnamed may be an image.
    const images = files.filter((item) => item.type === '' || item.type.startsWith('image/'))
    const [only, ...more] = files
    if (only && more.length === 0 && sheetTypes.has(only.type)) return { kind: 'prompts' }
    if (only && more.length === 0 && briefTypes.has(only.type)) return { kind: 'brief' }
    return files.length > 0 && images.length === 0
      ? { kind: 'others' }
      : { kind: 'images', count: Math.max(1, images.length) }
  }
  return types.includes('text/uri-list') ? { kind: 'address' } : null
}
