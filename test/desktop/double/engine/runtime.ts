import { join } from 'node:path'
import { config } from '../config'
import { startChromium, type Chromium } from './chromium'
import { startForwarder } from './forward'

let starting: Promise<Chromium> | null = null
let running: Chromium | null = null

/** The one Chromium of this process, started when it is first asked for. */
export function chromium(userData: string, switches: readonly string[] = []): Promise<Chromium> {
  starting ??= start(userData, switches)
  return starting
}

async function start(userData: string, switches: readonly string[]): Promise<Chromium> {
  const { chromium: path, locale } = config()
  const { port } = await startForwarder()
  running = await startChromium({ path, port, locale, switches, profile: join(userData, 'double') })
  return running
}

/** The one Chromium, already running. */
export function runningChromium(): Chromium {
  if (running === null) throw new Error('The application is not ready yet.')
  return running
}

/** Ends it at once, as when the program exits. */
export function endChromium(): void {
  running?.kill()
}
process.on('exit', endChromium)
