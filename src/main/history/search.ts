import type { Database } from 'better-sqlite3'
import { Seqs } from './seqs'

/** How much of a prompt is searched, in UTF-16 units; far more than any model takes. */
const searched = 20_000
/** The longest stretch of characters the index holds; shorter ones are found through its prefix lists. */
const stretch = 8
/** How far apart the stretches lie that a longer word is looked for by. */
const stride = 4
/** How many stretches the index is asked for; words beyond are looked for in what it found. */
const askedFor = 12

/**
 * What is compared, of a prompt and of a query alike: width, case and compatibility forms made equal,
 * control characters gone, and ASCII punctuation made full-width, which no tokenizer cuts at and no query
 * takes for syntax.
 */
export function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{Cc}\p{Cs}\s]+/gu, ' ')
    .replace(/[!-/:-@[-`{-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0))
}

const wordsOf = (folded: string) => folded.split(' ').filter(Boolean)

/** The text the index holds for a prompt: of every word, the stretch that begins at each character. */
export function searchText(prompt: string): string {
  const stretches = new Set<string>()
  for (const word of wordsOf(fold(prompt.slice(0, searched)))) {
    const characters = Array.from(word)
    for (let at = 0; at < characters.length; at += 1)
      stretches.add(characters.slice(at, at + stretch).join(''))
  }
  return [...stretches].join(' ')
}

/** Makes `search_text` known to SQL: the triggers of the job table call it. */
export function teachSearch(db: Database): void {
  db.function('search_text', { deterministic: true }, (prompt) => searchText(String(prompt)))
}

/** Finds rows by the words of their texts. */
export interface Search {
  /**
   * The rows, by `seq`, whose text holds all words of `query`; null when it has no word. A word may lie
   * inside another. One longer than {@link stretch} is found by overlapping stretches of it.
   */
  find(query: string): Seqs | null
  /** Rows came or went: forget what was found. */
  forget(): void
}

/** An index made by `search_text`, and how the text behind an entry is read. */
export interface Searched {
  index: 'job_search' | 'exchange_search' | 'conversation_search'
  text: string
}

const prompts: Searched = { index: 'job_search', text: 'SELECT prompt FROM job WHERE seq = ?' }

/** Prepares the search on an open database, of prompts unless something else is named. */
export function createSearch(db: Database, { index, text }: Searched = prompts): Search {
  // As one text: row by row, the numbers of a common word cost more to hand over, and to collect, than to find.
  const matching = db
    .prepare<[string], Buffer | null>(
      `SELECT CAST(group_concat(rowid) AS BLOB) FROM ${index} WHERE ${index} MATCH ?`,
    )
    .pluck()
  const textOf = db.prepare<[number], string>(text).pluck()
  // A page, its index and its counts are asked for one after the other.
  let last: { query: string; found: Seqs } | null = null

  const ask = (words: string[]) => {
    const list = matching.get(words.flatMap(termsOf).slice(0, askedFor).join(' AND '))
    const found = Seqs.read(list ?? new Uint8Array())
    const open = words.slice(wordsWithin(words, askedFor))
    if (open.length === 0) return found
    const held = found.list().filter((seq) => {
      const text = fold((textOf.get(seq) ?? '').slice(0, searched))
      return open.every((word) => text.includes(word))
    })
    return Seqs.of(held)
  }

  return {
    find(query) {
      const words = essential(wordsOf(fold(query)))
      if (words.length === 0) return null
      const key = words.join(' ')
      if (last?.query !== key) last = { query: key, found: ask(words) }
      return last.found
    },
    forget() {
      last = null
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

/** What the index is asked for to find a word: a prefix, or whole stretches that overlap. */
function termsOf(word: string): string[] {
  const characters = Array.from(word)
  if (characters.length < stretch) return [`"${word}" *`]
  const end = characters.length - stretch
  const starts = [...Array(Math.ceil(end / stride)).keys()].map((step) => step * stride)
  return [...starts, end].map((at) => `"${characters.slice(at, at + stretch).join('')}"`)
}

/** How many words are asked for whole by this many terms. */
function wordsWithin(words: string[], terms: number): number {
  let used = 0
  const cut = words.findIndex((word) => (used += termsOf(word).length) > terms)
  return cut === -1 ? words.length : cut
}
