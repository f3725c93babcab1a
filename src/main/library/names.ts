import { isDeviceName } from './inside'

/** What a file name is made of. */
export interface NameParts {
  /** Milliseconds since 1970; told in the system's time zone. */
  at: number
  model: string
  prompt: string
  seed: string
  id: string
}

/** Most bytes of a name without extension: leaves room for ` 99.mp4.part` even where a name may hold only 143 bytes. */
const mostBytes = 120
/** Most characters of a whole path, so that programs bound to 260 on Windows can open it. */
const mostPath = 240
const leastBytes = 24
const mostWords = 60

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })
const two = (value: number) => String(value).padStart(2, '0')

/** The folder of a month, `2026-11`, in the system's time zone. */
export function monthOf(at: number): string {
  const date = new Date(at)
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}`
}

/** How many bytes a name may have in a folder whose path has `folderLength` characters. */
export function nameBudget(folderLength: number): number {
  return Math.max(leastBytes, Math.min(mostBytes, mostPath - folderLength - ' 99.mp4.part'.length))
}

/**
 * A file name without extension, from the person's template; legal on Windows, macOS and Linux whatever the prompt
 * holds, never hidden, never empty, at most `budget` bytes long.
 */
export function fileStem(template: string, parts: NameParts, budget: number): string {
  const date = new Date(parts.at)
  const values: Record<string, string> = {
    date: `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`,
    time: `${two(date.getHours())}-${two(date.getMinutes())}-${two(date.getSeconds())}`,
    model: parts.model,
    words: shorten(plain(parts.prompt.slice(0, 2000)), 4 * mostWords, mostWords),
    seed: parts.seed,
    id: parts.id,
  }
  const filled = template.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)
  const stem = trimmed(shorten(plain(filled), budget))
  if (stem === '') return 'video'
  return isDeviceName(stem) ? `_${stem}` : stem
}

/** One line of text without anything that some file system or shell takes for more than a letter. */
function plain(text: string): string {
  return (
    text
      .toWellFormed()
      .normalize('NFC')
      .replace(/[\p{Z}\p{Cc}/\\:*?"<>|\u{FFFD}]+/gu, ' ')
      // Invisible marks could turn a name around; the two joiners are part of the spelling of some scripts.
      .replace(/(?![\u200C\u200D])[\p{Cf}\p{Co}\p{Cn}]/gu, '')
      .replace(/ +/g, ' ')
      .trim()
  )
}

/** Leading dots hide a file and leading dashes look like options; Windows drops dots and spaces at the end. */
function trimmed(stem: string): string {
  return stem.replace(/^[. \-~]+/, '').replace(/[. ]+$/, '')
}

/** Cuts between whole characters, at a space where one is near the end. */
function shorten(text: string, bytes: number, characters = Number.POSITIVE_INFINITY): string {
  let kept = ''
  let size = 0
  let count = 0
  for (const { segment } of graphemes.segment(text)) {
    size += Buffer.byteLength(segment)
    count += 1
    if (size > bytes || count > characters) {
      const space = kept.lastIndexOf(' ')
      return space > kept.length * 0.6 ? kept.slice(0, space) : kept
    }
    kept += segment
  }
  return kept
}
