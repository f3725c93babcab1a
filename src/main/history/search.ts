import type { Database } from 'better-sqlite3'

/** How much of a prompt is searched, in UTF-16 units; far more than any model takes. */
const searched = 20_000
/** How many characters of a word ending are indexed: Chinese runs on without spaces and says more with each. */
const endingOf = (character: string) => (character >= '\u2E80' ? 8 : 16)
/** How many words the index is asked for; further ones are looked for in what it found. */
const askedWords = 6

/**
 * What is compared, of a prompt and of a query alike: width, case and compatibility forms made equal, control
 * characters gone, and ASCII punctuation made full-width, which no tokenizer cuts at and no query takes for syntax.
 */
export function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{Cc}\p{Cs}\s]+/gu, ' ')
    .replace(/[!-/:-@[-`{-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))
}

const wordsOf = (folded: string) => folded.split(' ').filter(Boolean)

/** The text the index holds for a prompt: every ending of every word, cut to a few characters. */
export function searchText(prompt: string): string {
  const endings = new Set<string>()
  for (const word of wordsOf(fold(prompt.slice(0, searched)))) {
    const characters = Array.from(word)
    characters.forEach((character, at) => {
      endings.add(characters.slice(at, at + endingOf(character)).join(''))
    })
  }
  return [...endings].join(' ')
}

/** Makes `search_text` known to SQL: the triggers of the job table call it. */
export function teachSearch(db: Database): void {
  db.function('search_text', { deterministic: true }, (prompt) => searchText(String(prompt)))
}

/** Finds jobs by the words of their prompts. */
export interface Search {
  /** The `seq` of every job whose prompt holds all words of `query`, ascending; null when it has no word. */
  find(query: string): number[] | null
}

/** Prepares the search on an open database. */
export function createSearch(db: Database): Search {
  const matching = db
    .prepare<[string], number>('SELECT rowid FROM job_search WHERE job_search MATCH ?')
    .pluck()
  const promptOf = db.prepare<[number], string>('SELECT prompt FROM job WHERE seq = ?').pluck()

  return {
    find(query) {
      const words = essential(wordsOf(fold(query)))
      if (words.length === 0) return null
      const asked = words.slice(0, askedWords)
      const found = matching.all(asked.map((word) => `"${beginning(word)}" *`).join(' AND '))
      const open = words.filter((word, at) => at >= askedWords || beginning(word) !== word)
      if (open.length === 0) return found
      return found.filter((seq) => {
        const text = fold((promptOf.get(seq) ?? '').slice(0, searched))
        return open.every((word) => text.includes(word))
      })
    },
  }
}

/** The longest words first, without those that lie inside another. */
function essential(words: string[]): string[] {
  const kept: string[] = []
  for (const word of [...new Set(words)].sort((a, b) => b.length - a.length))
    if (!kept.some((longer) => longer.includes(word))) kept.push(word)
  return kept
}

/** As much of a word as the index holds of any ending. */
function beginning(word: string): string {
  const characters = Array.from(word)
  return characters.slice(0, endingOf(characters[0] ?? '')).join('')
}
