import { createServer, type AddressInfo, type Socket } from 'node:net'

/** Stands for an address of somebody else: whoever reaches it is caught. */
export interface Trap {
  origin: string
  port: number
  /** The first bytes of every connection. */
  caught: string[]
  close(): Promise<void>
}

/** A connection on which nothing was said. */
export const silent = 'a silent connection'

export async function setTrap(): Promise<Trap> {
  const caught: string[] = []
  const open = new Set<Socket>()
  const server = createServer((socket) => {
    open.add(socket)
    socket.on('close', () => open.delete(socket))
    const at = caught.push(silent) - 1
    socket.on('data', (chunk) => {
      caught[at] = chunk.toString().slice(0, 200)
      socket.destroy()
    })
    socket.on('error', () => undefined)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    caught,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of open) socket.destroy()
      }),
  }
}
