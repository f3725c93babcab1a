/** What a video model wants of a prompt beyond its limit of length. */
export interface PromptManner {
  /** The only language it is made for, or the one it understands best; null where any will do. */
  language: 'en' | 'zh' | null
  /** It takes no other language at all. */
  strict: boolean
  /** Characters beyond which a prompt stops helping, as vendors advise; null where nobody says. */
  advised: number | null
}

const manners: [prefix: string, manner: PromptManner][] = [
  // AWS model card of Luma Ray2: English only, 300 tokens.
  ['luma-', { language: 'en', strict: true, advised: 1200 }],
  // Runway API reference: promptText up to 1000 characters.
  ['runway-', { language: 'en', strict: false, advised: 1000 }],
  ['kling', { language: null, strict: false, advised: 800 }],
  // Volcengine, "即梦AI-视频生成3.0": at most 400 characters advised, 800 taken.
  ['jimeng', { language: 'zh', strict: false, advised: 400 }],
  // The model was trained on captions in Chinese and English (Wan2.2, prompt extension).
  ['wan', { language: null, strict: false, advised: 800 }],
  ['animatic', { language: null, strict: false, advised: null }],
]

const plain: PromptManner = { language: null, strict: false, advised: null }

/** The manner of a video model, by its id. */
export function mannerOf(model: string): PromptManner {
  return manners.find(([prefix]) => model.startsWith(prefix))?.[1] ?? plain
}

/** The language that models share a wish for; null where they have none or differ. */
export function languageFor(models: readonly string[]): 'en' | 'zh' | null {
  const wanted = new Set(models.flatMap((model) => mannerOf(model).language ?? []))
  const [only, ...more] = wanted
  return only !== undefined && more.length === 0 ? only : null
}
