/** A stretch of words that both texts have, that only the old one has, or only the new one. */
export interface Part {
  kind: 'same' | 'gone' | 'new'
  text: string
}

/** Pairs of words compared at most; beyond, what differs is shown as one replacement. */
const mostPairs = 4_000_000

/** The words of a text with what stands between them, so that joined they are the text again. */
export function wordsOf(text: string): string[] {
  return Array.from(
    new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text),
    ({ segment }) => segment,
  )
}

/** What became of a text, word by word; the kept and new parts joined are `after`, the kept and gone ones `before`. */
export function wordDiff(before: string, after: string): Part[] {
  const old = wordsOf(before)
  const now = wordsOf(after)
  let head = 0
  while (head < old.length && head < now.length && old[head] === now[head]) head += 1
  let tail = 0
  const most = Math.min(old.length, now.length) - head
  while (tail < most && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail += 1
  const same = (words: string[]): Part => ({ kind: 'same', text: words.join('') })
  return tidy([
    same(old.slice(0, head)),
    ...middle(old.slice(head, old.length - tail), now.slice(head, now.length - tail)),
    same(old.slice(old.length - tail)),
  ])
}

/** The longest common run of words of what differs, by the usual table. */
function middle(old: string[], now: string[]): Part[] {
  const [rows, columns] = [old.length, now.length]
  if (rows === 0 || columns === 0 || rows * columns > mostPairs) {
    return [
      { kind: 'gone', text: old.join('') },
      { kind: 'new', text: now.join('') },
    ]
  }
  const width = columns + 1
  const longest = new Uint16Array((rows + 1) * width)
  const at = (row: number, column: number) => longest[row * width + column] ?? 0
  for (let row = rows - 1; row >= 0; row -= 1) {
    for (let column = columns - 1; column >= 0; column -= 1) {
      longest[row * width + column] =
        old[row] === now[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1))
    }
  }
  const parts: Part[] = []
  let [row, column] = [0, 0]
  while (row < rows || column < columns) {
    if (row < rows && column < columns && old[row] === now[column]) {
      parts.push({ kind: 'same', text: old[row] ?? '' })
      row += 1
      column += 1
    } else if (column >= columns || (row < rows && at(row + 1, column) >= at(row, column + 1))) {
      parts.push({ kind: 'gone', text: old[row] ?? '' })
      row += 1
    } else {
      parts.push({ kind: 'new', text: now[column] ?? '' })
      column += 1
    }
  }
  return parts
}

const between = /^[\s\p{P}]*$/u

/** Neighbours of a kind as one, and no blank that happens to be the same between two words that are not. */
function tidy(parts: Part[]): Part[] {
  const tidied: Part[] = []
  let gone = ''
  let fresh = ''
  const settle = () => {
    if (gone !== '') tidied.push({ kind: 'gone', text: gone })
    if (fresh !== '') tidied.push({ kind: 'new', text: fresh })
    gone = ''
    fresh = ''
  }
  const whole = parts.filter(({ text }) => text !== '')
  for (const [place, { kind, text }] of whole.entries()) {
    if (kind === 'gone') gone += text
    else if (kind === 'new') fresh += text
    else if (
      gone !== '' &&
      fresh !== '' &&
      between.test(text) &&
      whole[place + 1]?.kind !== 'same' &&
      place + 1 < whole.length
    ) {
      gone += text
      fresh += text
    } else {
      settle()
      const last = tidied.at(-1)
      if (last?.kind === 'same') last.text += text
      else tidied.push({ kind, text })
    }
  }
  settle()
  return tidied
}
