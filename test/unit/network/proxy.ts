import { createServer, type IncomingMessage, request } from 'node:http'
import { connect, type AddressInfo, type Server } from 'node:net'
import { onTestFinished } from 'vitest'

/** A real forward proxy on this computer that reaches every host at `target`, and notes what it was asked for. */
export async function startProxy(target: number, refuseWith?: number) {
  const asked: string[] = []
  const server = createServer((incoming, outgoing) => {
    asked.push(`${incoming.method} ${incoming.url}`)
    const { pathname } = new URL(incoming.url ?? '')
    const onward = request({ port: target, path: pathname, method: incoming.method ?? 'GET' }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers)
      answer.pipe(outgoing)
    })
    incoming.pipe(onward)
  })
  server.on('connect', (incoming: IncomingMessage, client, head) => {
    asked.push(`CONNECT ${incoming.url}`)
    if (refuseWith !== undefined) {
      client.end(`HTTP/1.1 ${refuseWith} Refused\r\nContent-Length: 26\r\n\r\n<html>Sign in first</html>`)
      return
    }
    const onward = connect(target, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n')
      onward.write(head)
      onward.pipe(client).pipe(onward)
    })
    onward.on('error', () => client.destroy())
    client.on('error', () => onward.destroy())
  })
  return { url: await listen(server), asked }
}

/** Lets a server listen on this computer until the test ends; answers its address. */
export async function listen(server: Server): Promise<string> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const sockets = new Set<{ destroy(): void }>()
  server.on('connection', (socket) => sockets.add(socket))
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
