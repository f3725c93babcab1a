import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'

/** A session bus with a Secret Service of its own, so that locking it disturbs nobody else. */
export interface OwnBus {
  /** Locks the collection that secrets are kept in, as a screen lock or a long absence does. */
  lock(): void
  /** Opens it again, as the person's password does. */
  unlock(): Promise<void>
  stop(): void
}

/**
 * Starts the bus and the service, and points this process at it: to be called before the keychain is first used, for
 * the connection to the bus is made once a process.
 */
export async function startOwnBus(): Promise<OwnBus> {
  const home = mkdtempSync(join(tmpdir(), 'dailies-bus-'))
  const env = { ...process.env, HOME: home, XDG_DATA_HOME: join(home, 'share'), XDG_RUNTIME_DIR: home }
  const bus = spawn('dbus-daemon', ['--session', '--nofork', '--print-address'], {
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const address = await new Promise<string>((resolve, reject) => {
    bus.once('error', reject)
    bus.once('exit', () => reject(new Error('The bus did not start.')))
    bus.stdout.once('data', (line: Buffer) => resolve(line.toString().trim()))
  })
  Object.assign(env, { DBUS_SESSION_BUS_ADDRESS: address })
  process.env['DBUS_SESSION_BUS_ADDRESS'] = address
  const keyring = (...args: string[]) =>
    execFileSync('gnome-keyring-daemon', [...args, '--components=secrets'], {
      env,
      input: 'test',
      stdio: ['pipe', 'ignore', 'ignore'],
    })
  keyring('--unlock')
  const ask = (to: string, path: string, method: string, argument: string) =>
    execFileSync(
      'dbus-send',
      ['--session', '--print-reply=literal', `--dest=${to}`, path, method, argument],
      { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
    ).trim()
  const name = 'org.freedesktop.secrets'
  const path = '/org/freedesktop/secrets'
  return {
    lock() {
      const login = `array:objpath:${path}/collection/login`
      ask(name, path, 'org.freedesktop.Secret.Service.Lock', login)
    },
    async unlock() {
      // One that runs takes no password from outside; another reads the same file.
      const askBus = (method: string) =>
        ask('org.freedesktop.DBus', '/', `org.freedesktop.DBus.${method}`, `string:${name}`)
      process.kill(Number(/\d+$/.exec(askBus('GetConnectionUnixProcessID'))?.[0]))
      while (askBus('NameHasOwner').endsWith('true')) await setTimeout(10)
      keyring('--unlock')
    },
    stop() {
      // The service ends with its bus.
      bus.removeAllListeners('exit')
      bus.kill()
      rmSync(home, { recursive: true, force: true })
    },
  }
}
