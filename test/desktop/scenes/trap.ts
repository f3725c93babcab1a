import { createSocket } from 'node:dgram'
import { createServer, type AddressInfo, type Socket } from 'node:net'

/** Stands for an address of somebody else: whoever reaches it, over TCP or UDP, is caught. */
export interface Trap {
  /** By number, and by a name that the double's Chromium finds on this computer. */
  hosts: [number: string, name: string]
  port: number
  /** Every connection with its first bytes, silent ones too, and every datagram. */
  caught: string[]
  close(): Promise<void>
}

/** A connection on which nothing was said. */
const silent = 'a silent connection'

export async function setTrap(): Promise<Trap> {
  const caught: string[] = []
  const open = new Set<Socket>()
  const server = createServer((socket) => {
    open.add(socket)
    socket.on('close', () => open.delete(socket))
    const at = caught.push(silent) - 1
    socket.on('data', (chunk) => {
      caught[at] = `said: ${JSON.stringify(chunk.toString('latin1').slice(0, 200))}`
      socket.destroy()
    })
    socket.on('error', () => undefined)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const datagrams = createSocket('udp4', (message) => caught.push(`a datagram of ${message.length} bytes`))
  await new Promise<void>((resolve) => datagrams.bind(port, '127.0.0.1', resolve))
  return {
    hosts: ['127.0.0.1', 'elsewhere.test'],
    port,
    caught,
    async close() {
      await new Promise<void>((resolve) => datagrams.close(resolve))
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        for (const socket of open) socket.destroy()
      })
    },
  }
}
