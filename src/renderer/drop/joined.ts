/** A prompt with words added to its end, after a space where it does not end in one or in a line. */
export function joined(prompt: string, words: string): string {
  const gap = prompt === '' || /\s$/.test(prompt) ? '' : ' '
  return `${prompt}${gap}${words.trim()}`
}
