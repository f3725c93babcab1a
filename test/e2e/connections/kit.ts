import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pino } from 'pino'
import { startServer } from '../../../src/main/browser/server'
import { createStudio } from '../../../src/main/studio'
import { TroubledKeychain } from '../../support/keychain'
import { studioPorts } from '../../support/ports'

/** The studio and the built page in this process, over a keychain that can be told to refuse. */
export interface KeychainHouse {
  keychain: TroubledKeychain
  address: string
  /** Adds an account as a script would. */
  add(account: Record<string, unknown>): Promise<void>
  /** Ends the program and starts it again on the same folder and keychain. */
  restart(): Promise<void>
  close(): Promise<void>
}

export async function startKeychainHouse(folder: string): Promise<KeychainHouse> {
  mkdirSync(join(folder, 'data'), { recursive: true })
  const keychain = new TroubledKeychain()
  const log = pino({ level: 'silent' })
  const token = 'test-token-0123456789abcdefghijklmnopqrstuv'
  const start = async () => {
    const ports = studioPorts(folder, { keychain, log })
    const studio = await createStudio({
      ...ports,
      paths: { ...ports.paths, pageDir: resolve('out', 'renderer') },
    })
    const server = await startServer({ studio, source: null, port: 0, token, version: '1.2.3', log })
    const origin = `http://127.0.0.1:${server.port}`
    const close = async () => {
      await server.close()
      await studio.close()
    }
    return { origin, close }
  }
  let running = await start()
  return {
    keychain,
    get address() {
      return `${running.origin}/?token=${token}`
    },
    async add(account) {
      const answer = await fetch(`${running.origin}/api/connections`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(account),
      })
      if (answer.status !== 201) throw new Error(await answer.text())
    },
    async restart() {
      await running.close()
      running = await start()
    },
    close: () => running.close(),
  }
}
