import { MessageChannelMain, type MessagePortMain, type WebContents } from 'electron'
import { RPCHandler } from '@orpc/server/message-port'
import type { Router } from '../rpc'
import { isOwnPage } from './scheme'

/**
 * Gives the page, each time it has loaded, a fresh port on which the contract is served; the one before is closed.
 * `onListening` is called when the page has begun to hear the studio's events.
 */
export function connectPage(contents: WebContents, router: Router, onListening: () => void): void {
  const handler = new RPCHandler(router, {
    clientInterceptors: [
      async (options) => {
        const answer: unknown = await options.next()
        if (options.path.join('.') === 'studio.events') onListening()
        return answer
      },
    ],
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
    handler.upgrade(port1)
    port1.start()
    contents.postMessage('dailies:port', null, [port2])
  })
  contents.on('render-process-gone', drop)
  contents.on('destroyed', drop)
}
