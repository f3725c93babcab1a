import type { Message } from '@aws-sdk/client-bedrock-runtime'
import type { ExchangeRecord } from '../history'

/** An image as Converse takes it. */
export interface Picture {
  format: 'png' | 'jpeg' | 'webp'
  bytes: Uint8Array
  width: number
  height: number
}

/** How an answer that broke off is asked to go on. Newer models refuse an answer begun for them, so it is said in words. */
export const goOn =
  'Your answer broke off there. Go on with the very next character, as if there had been no break: repeat nothing, add no introduction.'

/**
 * The turns of a conversation as the model reads them. What was never answered is left out, what was gone on with stands
 * there once, whole. Earlier images are not sent again.
 */
export function messagesOf(
  history: readonly ExchangeRecord[],
  next: { turn: string; picture: Picture | null; broken: ExchangeRecord | null },
): Message[] {
  const replaced = new Set(
    history.flatMap(({ goesOnFrom, answer }) => (goesOnFrom !== null && answer !== '' ? [goesOnFrom] : [])),
  )
  const past = history
    .filter(
      ({ id, answer, action }) =>
        answer.trim() !== '' && action !== 'shots' && !replaced.has(id) && id !== next.broken?.id,
    )
    .flatMap(({ sent, answer, imageId }) =>
      pair(imageId === null ? sent.turn : `(With an image.)\n\n${sent.turn}`, answer),
    )
  const { broken } = next
  if (broken !== null) {
    const asked = {
      role: 'user' as const,
      content: [...pictureBlock(next.picture), { text: broken.sent.turn }],
    }
    return [...past, asked, answered(broken.answer), user(goOn)]
  }
  return [...past, { role: 'user', content: [...pictureBlock(next.picture), { text: next.turn }] }]
}

const user = (text: string): Message => ({ role: 'user', content: [{ text }] })

/** The service refuses an answer that ends with white space. */
const answered = (answer: string): Message => ({ role: 'assistant', content: [{ text: answer.trimEnd() }] })

const pair = (turn: string, answer: string): Message[] => [user(turn), answered(answer)]

const pictureBlock = (picture: Picture | null) =>
  picture === null ? [] : [{ image: { format: picture.format, source: { bytes: picture.bytes } } }]
