/** Words as they come. Whoever shows them appends what is new; nothing is drawn anew for a word. */
export interface Live {
  readonly text: string
  append(words: string): void
  /** Hears each stretch of words; the answer stops it. */
  follow(hear: (words: string) => void): () => void
}

/** Begins with what is there already. */
export function createLive(start = ''): Live {
  // Joined when somebody asks: a text that grows by words would be copied for each of them.
  let parts = start === '' ? [] : [start]
  const followers = new Set<(words: string) => void>()
  return {
    get text() {
      const whole = parts.join('')
      parts = whole === '' ? [] : [whole]
      return whole
    },
    append(words) {
      parts.push(words)
      for (const hear of followers) hear(words)
    },
    follow(hear) {
      followers.add(hear)
      return () => followers.delete(hear)
    },
  }
}
