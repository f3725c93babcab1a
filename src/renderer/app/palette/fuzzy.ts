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
  if (whole >= 0) return (startsWord(hay, whole) ? 100 : 60) + word.length
  return followsStarts(hay, word, 0) ? 20 + word.length : null
}

/** Whether the letters are beginnings of words in their order, such as `gq` or `goqu` of "go to the queue". */
function followsStarts(hay: string, letters: string, from: number): boolean {
  if (letters === '') return true
  for (let at = from; at < hay.length; at += 1) {
    if (!startsWord(hay, at)) continue
    // As many letters of this word as agree, then fewer, so that a later word may take them.
    for (let taken = commonLength(hay, at, letters); taken > 0; taken -= 1) {
      if (followsStarts(hay, letters.slice(taken), at + taken)) return true
    }
  }
  return false
}

function commonLength(hay: string, at: number, letters: string): number {
  let length = 0
  while (length < letters.length && hay[at + length] === letters[length]) length += 1
  return length
}

function startsWord(hay: string, at: number): boolean {
  return at === 0 || !/[\p{L}\p{N}]/u.test(hay[at - 1] ?? '')
}
