import net from 'node:net'
import { onTestFinished } from 'vitest'

/** What went on beside the calls. */
export interface Watch {
  /** Addresses beyond this computer that somebody tried to reach; none is let through. */
  foreign: string[]
  /** Promises that nobody looked after, and errors that nobody caught. */
  loose: unknown[]
}

/** Watches this process until the test ends. */
export function watchProcess(): Watch {
  const watch: Watch = { foreign: [], loose: [] }
  const loose = (reason: unknown) => void watch.loose.push(reason)
  process.on('unhandledRejection', loose)
  process.on('uncaughtException', loose)

  const prototype = net.Socket.prototype as { connect: (...args: unknown[]) => net.Socket }
  const { connect } = prototype
  prototype.connect = function guarded(this: net.Socket, ...args: unknown[]) {
    const address = addressOf(args)
    if (address === null) return connect.apply(this, args)
    watch.foreign.push(address)
    process.nextTick(() => this.destroy(new Error(`a test must not reach ${address}`)))
    return this
  }
  onTestFinished(() => {
    process.off('unhandledRejection', loose)
    process.off('uncaughtException', loose)
    prototype.connect = connect
  })
  return watch
}

/** Where a connection would go, or null for this computer; `connect` takes options, or port and host, or a path. */
function addressOf(args: unknown[]): string | null {
  const first: unknown = Array.isArray(args[0]) ? (args[0] as unknown[])[0] : args[0]
  const options = typeof first === 'object' && first !== null ? (first as net.TcpSocketConnectOpts) : null
  const host = options ? (options.host ?? 'localhost') : typeof args[1] === 'string' ? args[1] : 'localhost'
  if (options && 'path' in options && typeof options.path === 'string') return null
  return /^(localhost|127\.\d+\.\d+\.\d+|::1)$/i.test(host) ? null : host
}
