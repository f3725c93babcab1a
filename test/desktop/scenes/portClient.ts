import { MessageChannel } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import type { Contract } from '@shared/contract'
import type { Page } from 'playwright-core'

export type Client = ContractRouterClient<Contract>

/** Set in the page's session while its port is borrowed. */
const flag = 'borrowed-port'
const ready = new WeakMap<Page, (text: string) => void>()

/**
 * Lends a test the very port that the page was given: the page is loaded again, its port goes to a client here instead,
 * and whatever that client says passes through page, preload and main. `back` loads the page once more with a port of its own.
 */
export async function borrowPort(page: Page): Promise<{ client: Client; back: () => Promise<void> }> {
  const { port1, port2 } = new MessageChannel()
  if (!ready.has(page)) {
    await page.exposeBinding('heardOnPort', (_source, text: string) => ready.get(page)?.(text))
    await page.addInitScript(takePort, flag)
  }
  ready.set(page, (text) => port2.postMessage(textToMessage(text)))
  await page.evaluate((name) => sessionStorage.setItem(name, 'yes'), flag)
  await page.reload()
  await page.waitForFunction(() => 'sayOnPort' in window)
  let sending: Promise<unknown> = Promise.resolve()
  port2.on('message', (message: string | Uint8Array) => {
    const text = messageToText(message)
    sending = sending
      .then(() => page.evaluate((text) => (window as unknown as PortWindow).sayOnPort(text), text))
      // The page is gone: whoever waits hears that from his own call.
      .catch(() => undefined)
  })
  const client: Client = createORPCClient(new RPCLink({ port: port1 }))
  port1.start()
  return {
    client,
    async back() {
      port1.close()
      await page.evaluate((name) => sessionStorage.removeItem(name), flag)
      await page.reload()
      await page.locator('nav').waitFor()
    },
  }
}

interface PortWindow {
  sayOnPort(text: string): void
  heardOnPort(text: string): Promise<void>
}

/** In the page, before its own scripts: the port comes here and not to them. Text is marked with `t`, bytes with `b`. */
function takePort(flag: string): void {
  if (sessionStorage.getItem(flag) === null) return
  const scope = window as unknown as PortWindow
  window.addEventListener('message', (event) => {
    const [port] = event.ports
    if (!port) return
    event.stopImmediatePropagation()
    const inOrder = (data: unknown) => {
      const text =
        typeof data === 'string'
          ? `t${data}`
          : `b${btoa(Array.from(new Uint8Array(data as ArrayBuffer), (one) => String.fromCharCode(one)).join(''))}`
      void scope.heardOnPort(text)
    }
    port.addEventListener('message', ({ data }) => inOrder(data))
    port.start()
    scope.sayOnPort = (text) =>
      port.postMessage(
        text.startsWith('t')
          ? text.slice(1)
          : Uint8Array.from(atob(text.slice(1)), (one) => one.charCodeAt(0)),
      )
  })
}

const messageToText = (message: string | Uint8Array) =>
  typeof message === 'string' ? `t${message}` : `b${Buffer.from(message).toString('base64')}`
const textToMessage = (text: string) =>
  text.startsWith('t') ? text.slice(1) : new Uint8Array(Buffer.from(text.slice(1), 'base64'))
