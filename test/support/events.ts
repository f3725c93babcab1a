import type { StudioEvent } from '../../src/shared/contract'

/**
 * Reads the studio's server-sent events until `until` says it has seen enough.
 * Ends quietly when the studio dies in the middle: then the answer is false.
 */
export async function watchEvents(
  origin: string,
  token: string,
  until: (event: StudioEvent) => boolean,
  ready?: () => void | Promise<void>,
): Promise<boolean> {
  const stop = new AbortController()
  try {
    const answer = await fetch(`${origin}/api/events`, {
      headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream' },
      signal: stop.signal,
    })
    if (!answer.ok || !answer.body) throw new Error(`/api/events answered ${answer.status}`)
    await ready?.()
    let text = ''
    for await (const chunk of answer.body.pipeThrough(new TextDecoderStream())) {
      text += chunk
      const messages = text.split('\n\n')
      text = messages.pop() ?? ''
      for (const message of messages) {
        const data = message
          .split('\n')
          .filter((line) => line.startsWith('data:'))
          .map((line) => line.slice(5))
          .join('\n')
          .trim()
        if (data && until(JSON.parse(data) as StudioEvent)) return true
      }
    }
    return false
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  } finally {
    stop.abort()
  }
}
