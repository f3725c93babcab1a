import type Electron from 'electron'
import { handlers } from '../engine/forward'
import { record } from '../record'
import { strict } from '../strict'
import { app } from './app'

/** Schemes of the program's own, answered through the forwarder. */
export const protocol = strict('protocol', {
  registerSchemesAsPrivileged(schemes) {
    for (const { scheme, privileges } of schemes) {
      record.schemes.push({ scheme, privileges: { ...privileges }, beforeReady: !app.isReady() })
    }
  },
  handle(scheme, handler) {
    if (!app.isReady()) throw new Error('protocol.handle before the application is ready')
    if (handlers.has(scheme)) throw new Error('The scheme has been registered')
    handlers.set(scheme, handler)
  },
  unhandle(scheme) {
    handlers.delete(scheme)
  },
  isProtocolHandled: (scheme) => handlers.has(scheme),
} satisfies Pick<
  Electron.Protocol,
  'registerSchemesAsPrivileged' | 'handle' | 'unhandle' | 'isProtocolHandled'
>)
