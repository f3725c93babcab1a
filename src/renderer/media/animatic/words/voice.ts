/** How a text wants to be set: its direction, and what its script asks of line height, spacing and weight. */
export interface Voice {
  rtl: boolean
  /** A language tag for the choice of glyphs, '' where the script says enough. */
  lang: string
  /** Line height in ems. */
  leading: number
  /** Letter spacing in ems; joined scripts take none. */
  tracking: number
  weight: number
  /** About how much wider a character is than a Latin one. */
  breadth: number
}

const scripts: [RegExp, Omit<Voice, 'rtl'>][] = [
  [
    /\p{Script=Hiragana}|\p{Script=Katakana}/gu,
    { lang: 'ja', leading: 1.36, tracking: 0.01, weight: 700, breadth: 1.9 },
  ],
  [/\p{Script=Hangul}/gu, { lang: 'ko', leading: 1.32, tracking: -0.01, weight: 700, breadth: 1.7 }],
  [/\p{Script=Han}/gu, { lang: 'zh-Hans', leading: 1.36, tracking: 0.02, weight: 700, breadth: 2 }],
  [/\p{Script=Arabic}/gu, { lang: 'ar', leading: 1.5, tracking: 0, weight: 700, breadth: 0.9 }],
  [/\p{Script=Hebrew}/gu, { lang: 'he', leading: 1.25, tracking: 0, weight: 700, breadth: 1 }],
  [
    /\p{Script=Thai}|\p{Script=Lao}|\p{Script=Khmer}|\p{Script=Myanmar}/gu,
    { lang: '', leading: 1.5, tracking: 0, weight: 600, breadth: 0.95 },
  ],
  [
    /\p{Script=Devanagari}|\p{Script=Bengali}|\p{Script=Tamil}|\p{Script=Telugu}|\p{Script=Gujarati}|\p{Script=Gurmukhi}|\p{Script=Kannada}|\p{Script=Malayalam}|\p{Script=Sinhala}/gu,
    { lang: '', leading: 1.42, tracking: 0, weight: 700, breadth: 1.05 },
  ],
]
const latin: Omit<Voice, 'rtl'> = { lang: '', leading: 1.12, tracking: -0.022, weight: 640, breadth: 1 }

/** Finds the script that carries most of a text. */
export function voiceOf(text: string): Voice {
  const sample = text.slice(0, 2000)
  const letters = sample.match(/\p{L}/gu)?.length ?? 0
  let found = latin
  let most = letters * 0.3
  for (const [pattern, voice] of scripts) {
    // Japanese is known by its kana even where Han characters are more.
    const count = (sample.match(pattern)?.length ?? 0) * (voice.lang === 'ja' ? 3 : 1)
    if (count <= most) continue
    most = count
    found = voice
  }
  const first =
    /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]|\p{L}/u.exec(sample)?.[0] ?? ''
  const rtl = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u.test(first)
  return { ...found, rtl }
}
