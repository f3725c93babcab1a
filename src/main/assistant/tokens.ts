/**
 * Tokens of a text at a careful guess: newer tokenizers take up to a third more of them than older ones, so that it is
 * meant to be too high rather than too low. Letters of Latin go three to a token, any other sign counts one and a half.
 */
export function roughTokens(text: string): number {
  let latin = 0
  let other = 0
  for (const sign of text) {
    if (sign.charCodeAt(0) < 0x250) latin += 1
    else other += 1
  }
  return Math.ceil(latin / 3 + other * 1.5)
}

/** Tokens of an image of so many pixels (Claude documentation, "Vision": width × height / 750). */
export function imageTokens({ width, height }: { width: number; height: number }): number {
  return Math.ceil((width * height) / 750)
}

/** What a message has around its words. */
export const aroundMessage = 8
