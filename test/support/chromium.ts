import { existsSync } from 'node:fs'
import { chromium, type Browser, type LaunchOptions } from 'playwright-core'

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/microsoft-edge',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

/** Path of a Chromium: `DAILIES_CHROMIUM`, an installed one, or Playwright's own; null where there is none. */
export function findChromium(): string | null {
  const named = process.env['DAILIES_CHROMIUM']
  if (named) return named
  const own = chromium.executablePath()
  return [...places, own].find((path) => path && existsSync(path)) ?? null
}

/** Starts a headless Chromium that asks nothing of the network; throws where none is installed. */
export async function launchChromium(options: LaunchOptions = {}): Promise<Browser> {
  const executablePath = findChromium()
  if (!executablePath) throw new Error('No Chromium: install one, or set DAILIES_CHROMIUM to its path.')
  const root = process.getuid?.() === 0
  return chromium.launch({
    executablePath,
    ...options,
    args: [
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      '--disable-quic',
      ...(root ? ['--no-sandbox'] : []),
      ...(options.args ?? []),
    ],
  })
}
