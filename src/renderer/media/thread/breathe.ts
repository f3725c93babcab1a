const channel = new MessageChannel()
const waiting: (() => void)[] = []
channel.port1.addEventListener('message', () => waiting.shift()?.())
channel.port1.start()

/** Lets waiting messages in, above all "stop"; awaiting an encoder that is ahead never would. Throws when stopped. */
export async function breathe(signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    waiting.push(resolve)
    channel.port2.postMessage(null)
  })
  signal.throwIfAborted()
}
