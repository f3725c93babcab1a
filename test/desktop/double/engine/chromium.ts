import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { speak, type Cdp } from './cdp'
import { closePopups } from './popups'
import { startSettings, type Settings } from './settings'

/** A Chromium of the double's own. It ends with this process, whatever becomes of it: its pipe breaks. */
export interface Chromium {
  cdp: Cdp
  settings: Settings
  /** Where a test's Playwright may join. */
  endpoint: string
  kill(): void
}

export interface ChromiumOptions {
  path: string
  profile: string
  /** The forwarder's port: every `*.localhost` address leads there. */
  port: number
  locale: string
  switches: readonly string[]
}

/** Starts it without a window, and waits until it answers. */
export async function startChromium(options: ChromiumOptions): Promise<Chromium> {
  const { path, profile, port, locale, switches } = options
  mkdirSync(profile, { recursive: true })
  const told = join(profile, 'DevToolsActivePort')
  rmSync(told, { force: true })
  const child = spawn(
    path,
    [
      '--headless',
      '--no-startup-window',
      '--remote-debugging-pipe',
      '--remote-debugging-port=0',
      '--enable-unsafe-extension-debugging',
      `--user-data-dir=${profile}`,
      // Only the studio is to be found, and one foreign name, on this computer: no test reaches the network by mistake.
      `--host-resolver-rules=MAP *.localhost 127.0.0.1:${port}, MAP elsewhere.test 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1`,
      `--lang=${locale}`,
      '--block-new-web-contents',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      '--no-default-browser-check',
      '--password-store=basic',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...switches,
    ],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'], env: { ...process.env, LANGUAGE: locale } },
  )
  const ended = new Promise<never>((_resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`Chromium ended with ${code}.`)))
  })
  ended.catch(() => undefined)
  const cdp = speak(child.stdio[3] as Writable, child.stdio[4] as Readable)
  await Promise.race([cdp.browser.send('Browser.getVersion'), ended])
  await Promise.race([closePopups(cdp), ended])
  const settings = await Promise.race([startSettings(cdp), ended])
  const endpoint = await Promise.race([untilTold(told), ended])
  return { cdp, settings, endpoint, kill: () => void child.kill('SIGKILL') }
}

/** Chromium writes where it listens into its profile: the port, and the path of the browser's own socket. */
async function untilTold(file: string): Promise<string> {
  for (;;) {
    const [port, path] = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
    if (port && path) return `ws://127.0.0.1:${port}${path}`
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
