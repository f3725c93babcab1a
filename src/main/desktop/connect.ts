import { MessageChannelMain, type MessagePortMain, type WebContents } from 'electron'
import type { Logger } from 'pino'
import { createTalk, type Router } from '../rpc'
import { isOwnPage } from './scheme'

/**
 * Gives the page, each time it has loaded, a fresh port on which the contract is served; the one before is closed.
 * `onListening` is called when the page has begun to hear the studio's events.
 */
export function connectPage(
  contents: WebContents,
  router: Router,
  log: Logger,
  onListening: () => void,
): void {
  const talk = createTalk(router, log, (call) => {
    if (call === 'studio.events') onListening()
  })
  let current: MessagePortMain | null = null
  const drop = () => {
    current?.close()
    current = null
  }
  contents.on('did-finish-load', () => {
    drop()
    // Whatever else may ever be shown in this window gets no port.
    if (!isOwnPage(contents.getURL())) return
    const { port1, port2 } = new MessageChannelMain()
    current = port1
    const { hear, close } = talk((data) => port1.postMessage(data))
    port1.on('message', ({ data }: { data: unknown }) => void hear(data))
    port1.on('close', close)
    port1.start()
    contents.postMessage('dailies:port', null, [port2])
  })
  contents.on('render-process-gone', drop)
  contents.on('destroyed', drop)
}
