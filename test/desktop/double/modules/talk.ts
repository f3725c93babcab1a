import type { EventEmitter } from 'node:events'
import type Electron from 'electron'
import { codec } from '../engine/clone'
import type { Page } from '../engine/page'
import type { FromPage } from '../engine/worlds'
import { record } from '../record'
import { CarriedPorts } from './carried'
import { contextMenuParams } from './contextMenu'
import { preventable } from './event'
import { ipcMain } from './ipc'

/** The contents a page belongs to. */
export type Contents = EventEmitter & { getURL(): string }

/** What a page and main say to each other: messages over Electron's channels, and ports. */
export class Talk {
  private readonly page: () => Page | null
  private readonly ports: CarriedPorts
  constructor(page: () => Page | null) {
    this.page = page
    this.ports = new CarriedPorts((message) => page()?.tell(message))
  }

  /** The page has said something to its contents. */
  said(contents: Contents, message: FromPage): void {
    switch (message.kind) {
      case 'port':
        this.ports.said(message.port, message.data)
        return
      case 'closed':
        this.ports.closed(message.port)
        return
      case 'fault':
        record.faults.push(message.message)
        return
      case 'menu':
        contents.emit('context-menu', preventable({}), contextMenuParams(message.params))
        return
      case 'send':
      case 'invoke':
        this.hear(contents, message)
    }
  }

  send(channel: string, args: unknown[]): void {
    this.page()?.tell({ kind: 'message', channel, args: codec.encode(args), ports: [] })
  }

  /** Sends a message with ports, which are the page's from then on. */
  post(channel: string, message: unknown, transfer: Electron.MessagePortMain[]): void {
    const ports = transfer.map((port) => this.ports.give(port))
    this.page()?.tell({ kind: 'message', channel, args: codec.encode([message]), ports })
    for (const port of ports) this.ports.open(port)
  }

  /** The document is gone, and its ports with it. */
  left(): void {
    this.ports.drop()
  }

  private hear(contents: Contents, message: Extract<FromPage, { kind: 'send' | 'invoke' }>): void {
    const args = codec.decode(message.args) as unknown[]
    const event = {
      sender: contents,
      senderFrame: { url: contents.getURL(), parent: null },
      frameId: 1,
      processId: 1,
      ports: [],
    }
    if (message.kind === 'send') {
      ipcMain.emit(message.channel, event, ...args)
      return
    }
    const { id } = message
    ipcMain.answer(message.channel, event as unknown as Electron.IpcMainInvokeEvent, args).then(
      (value) => this.page()?.tell({ kind: 'answer', id, value: codec.encode(value), error: null }),
      (error: unknown) => this.page()?.tell({ kind: 'answer', id, value: '', error: String(error) }),
    )
  }
}
