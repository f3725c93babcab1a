import { EventEmitter } from 'node:events'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import type Electron from 'electron'
import { strict } from '../strict'

/** Main's end of a channel: Node's own port, so that what passes is really cloned. */
export class MessagePortMain
  extends EventEmitter
  implements Pick<Electron.MessagePortMain, 'start' | 'postMessage' | 'close'>
{
  /** Null once it was given away. */
  wire: MessagePort | null
  constructor(wire: MessagePort) {
    super()
    this.wire = wire
    wire.on('close', () => {
      if (this.wire === wire) this.emit('close')
    })
    return strict('MessagePortMain', this)
  }
  start(): void {
    this.wire?.on('message', (data: unknown) => this.emit('message', { data, ports: [] }))
  }
  postMessage(message: unknown, transfer?: Electron.MessagePortMain[]): void {
    if (transfer !== undefined && transfer.length > 0) {
      throw new Error('The double of electron carries no port through a port.')
    }
    this.wire?.postMessage(message)
  }
  close(): void {
    this.wire?.close()
  }
  /** Gives the port away; it is dead here from now on. */
  give(): MessagePort {
    const { wire } = this
    if (wire === null) throw new Error('This port was already given away.')
    this.wire = null
    return wire
  }
}

/** Two ends, both in main until one is given to a page. */
export class MessageChannelMain {
  port1: MessagePortMain
  port2: MessagePortMain
  constructor() {
    const { port1, port2 } = new MessageChannel()
    this.port1 = new MessagePortMain(port1)
    this.port2 = new MessagePortMain(port2)
  }
}
