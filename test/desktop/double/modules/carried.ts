import type { MessagePort } from 'node:worker_threads'
import { codec } from '../engine/clone'
import { MessagePortMain } from '../engine/ports'
import type { ToPage } from '../engine/worlds'
import { nextId } from './registry'

/** The ports a page was given: what the page's end says reaches main's, and the other way. */
export class CarriedPorts {
  private readonly wires = new Map<number, MessagePort>()
  private readonly tell: (message: ToPage) => void
  constructor(tell: (message: ToPage) => void) {
    this.tell = tell
  }
  /** Takes main's port away and answers the number by which the page knows it. */
  give(port: unknown): number {
    if (!(port instanceof MessagePortMain)) throw new TypeError('Found invalid port in transfer list')
    const id = nextId()
    this.wires.set(id, port.give())
    return id
  }
  /** The page has been told of the port: what waited on it goes there now. */
  open(id: number): void {
    const wire = this.wires.get(id)
    wire?.on('message', (data: unknown) => this.tell({ kind: 'port', port: id, data: codec.encode(data) }))
    wire?.on('close', () => {
      if (this.wires.delete(id)) this.tell({ kind: 'close', port: id })
    })
  }
  said(id: number, data: string): void {
    this.wires.get(id)?.postMessage(codec.decode(data))
  }
  closed(id: number): void {
    const wire = this.wires.get(id)
    this.wires.delete(id)
    wire?.close()
  }
  /** The document is gone, and its ends with it. */
  drop(): void {
    for (const id of this.wires.keys()) this.closed(id)
  }
}
