/** How well a text answers to what was typed: higher is better, null is not at all. */
export function score(text: string, query: string): number | null {
  const hay = text.toLocaleLowerCase()
  let total = 0
  for (const word of query.toLocaleLowerCase().split(/\s+/)) {
    if (word === '') continue
    const found = scoreWord(hay, word)
    if (found === null) return null
    total += found
  }
  // Of two that match equally well, the shorter is the likelier.
  return total - hay.length / 1000
}

function scoreWord(hay: string, word: string): number | null {
  const whole = hay.indexOf(word)
  if (whole >= 0) return startsWord(hay, whole) ? 100 + word.length : 60 + word.length
  let at = -1
  let total = 0
  for (const letter of word) {
    const next = hay.indexOf(letter, at + 1)
    if (next < 0) return null
    total += startsWord(hay, next) ? 6 : next === at + 1 ? 3 : 0
    at = next
  }
  // Letters strewn over a text are chance; a few starts of words are meant.
  return total >= word.length * 3 ? total : null
}

function startsWord(hay: string, at: number): boolean {
  return at === 0 || !/[\p{L}\p{N}]/u.test(hay[at - 1] ?? '')
}
