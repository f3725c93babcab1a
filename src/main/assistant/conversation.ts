import type { ContentBlock, Message } from '@aws-sdk/client-bedrock-runtime'
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

/** Images of earlier turns that are sent again, so that a talk about an image goes on knowing it; each costs up to 3,300 tokens. */
const mostImages = 4

/** The exchanges that a next turn is read with: what was never answered is left out, what was gone on with is there once. */
function pastOf(history: readonly ExchangeRecord[], broken: ExchangeRecord | null): ExchangeRecord[] {
  const replaced = new Set(
    history.flatMap(({ goesOnFrom, answer }) => (goesOnFrom !== null && answer !== '' ? [goesOnFrom] : [])),
  )
  return history.filter(
    ({ id, answer, action }) =>
      answer.trim() !== '' && action !== 'shots' && !replaced.has(id) && id !== broken?.id,
  )
}

/** The images of earlier turns that are to be sent again beside the next one's own, the newest first, each once. */
export function imagesToResend(
  history: readonly ExchangeRecord[],
  broken: ExchangeRecord | null,
  own: string | null,
): string[] {
  const ids = pastOf(history, broken).flatMap(({ imageId }) =>
    imageId === null || imageId === own ? [] : [imageId],
  )
  return [...new Set(ids.toReversed())].slice(0, mostImages)
}

/**
 * The turns of a conversation as the model reads them. `pictures`: images of earlier turns by their id; one that is not
 * among them is named. An image stands with the turn that showed it last.
 */
export function messagesOf(
  history: readonly ExchangeRecord[],
  next: {
    turn: string
    picture: Picture | null
    /** The id of `picture`. */
    imageId: string | null
    broken: ExchangeRecord | null
    pictures: ReadonlyMap<string, Picture>
  },
): Message[] {
  const { broken, pictures } = next
  const all = pastOf(history, broken)
  const past = all.flatMap(({ sent, answer, imageId }, at): Message[] => {
    if (imageId === null) return pair([{ text: sent.turn }], answer)
    const again =
      imageId === next.imageId || all.some((later, place) => place > at && later.imageId === imageId)
    const picture = again ? undefined : pictures.get(imageId)
    return picture
      ? pair([...pictureBlock(picture), { text: sent.turn }], answer)
      : pair([{ text: `(${again ? named.below : named.gone})\n\n${sent.turn}` }], answer)
  })
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

const pair = (content: ContentBlock[], answer: string): Message[] => [
  { role: 'user', content },
  answered(answer),
]

/** What stands in the place of an image. */
const named = {
  below: 'With an image that stands further below.',
  gone: 'With an image that is not here any more.',
}

const pictureBlock = (picture: Picture | null): ContentBlock[] =>
  picture === null ? [] : [{ image: { format: picture.format, source: { bytes: picture.bytes } } }]
