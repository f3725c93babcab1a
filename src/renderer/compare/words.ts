/** A stretch of a text, and whether all texts have it. */
export interface Stretch {
  text: string
  common: boolean
}

/** Texts with more words than this are shown without marks: looking would take longer than reading. */
const most = 700

/** The words of a text with what stands between them: nothing is lost when they are put together again. */
function wordsOf(text: string): string[] {
  return Array.from(
    new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text),
    ({ segment }) => segment,
  )
}

/** For each of `a`, whether it belongs to the longest sequence of words that `b` has in the same order. */
function sharedWith(a: readonly string[], b: readonly string[]): boolean[] {
  const width = b.length + 1
  const lengths = new Uint16Array((a.length + 1) * width)
  const at = (i: number, j: number) => lengths[i * width + j] ?? 0
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1)
      lengths[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  const shared = a.map(() => false)
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) {
      shared[i] = true
      i += 1
      j += 1
    } else if (at(i + 1, j) >= at(i, j + 1)) i += 1
    else j += 1
  }
  return shared
}

/** Each text in stretches that tell what it shares with all the others and what is its own. */
export function wordDiff(texts: readonly string[]): Stretch[][] {
  const words = texts.map(wordsOf)
  if (words.some((own) => own.length > most)) return texts.map((text) => [{ text, common: true }])
  // What all have in common: the first, thinned out by each of the others.
  const common = words.slice(1).reduce<string[]>((left, other) => {
    const shared = sharedWith(left, other)
    return left.filter((_, place) => shared[place])
  }, words[0] ?? [])
  return words.map((own) => joined(own, sharedWith(own, common)))
}

/**
 * Neighbouring words of one kind as one stretch. A space between two words that differ differs with them; one at the edge
 * of what differs is nobody's.
 */
function joined(words: readonly string[], shared: readonly boolean[]): Stretch[] {
  const marks = shared.map((mark, place) => {
    const space = words[place]?.trim() === ''
    return space && shared[place - 1] === false && shared[place + 1] === false ? false : mark
  })
  const stretches = tidied(words.map((text, place) => ({ text, common: marks[place] ?? true })))
  return tidied(stretches.flatMap((stretch) => (stretch.common ? [stretch] : trimmed(stretch.text))))
}

function trimmed(text: string): Stretch[] {
  const inner = text.trim()
  const start = text.indexOf(inner)
  return [
    { text: text.slice(0, start), common: true },
    { text: inner, common: false },
    { text: text.slice(start + inner.length), common: true },
  ].filter((stretch) => stretch.text !== '')
}

/** Stretches of one kind that stand beside each other become one. */
function tidied(stretches: readonly Stretch[]): Stretch[] {
  const all: Stretch[] = []
  for (const { text, common } of stretches) {
    const last = all.at(-1)
    if (last?.common === common) last.text += text
    else all.push({ text, common })
  }
  return all
}
