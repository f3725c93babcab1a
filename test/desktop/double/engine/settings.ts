import { join } from 'node:path'
import type Electron from 'electron'
import type { Cdp, Session } from './cdp'

const extension = join(import.meta.dirname, 'extension')

/** A proxy as Chromium's `chrome.proxy` takes it. */
export type ProxyValue =
  | { mode: 'direct' | 'system' }
  | {
      mode: 'fixed_servers'
      rules: { singleProxy: { scheme: string; host: string; port: number }; bypassList: string[] }
    }

export type PeerPolicy = Parameters<Electron.WebContents['setWebRTCIPHandlingPolicy']>[0]

/** What Chromium holds for all of its profile, and changes while it runs. */
export interface Settings {
  setProxy(value: ProxyValue): Promise<void>
  /** How far peers (WebRTC) may go. */
  setPeers(policy: PeerPolicy): Promise<void>
  /** Fetches something of this computer as Chromium itself, for no page; answers the status, or null for no answer. */
  fetch(url: string): Promise<number | null>
}

/** Only an extension may change these while Chromium runs: no switch does, and no command of the DevTools protocol. */
export async function startSettings(cdp: Cdp): Promise<Settings> {
  const { browser } = cdp
  const worker = await startWorker(cdp)
  const { sessionId } = await browser.send('Target.attachToTarget', { targetId: worker, flatten: true })
  const session = cdp.session(sessionId)
  await untilSettable(session)
  return {
    setProxy: (value) => set(session, 'proxy.settings', value),
    setPeers: (policy) => set(session, 'privacy.network.webRTCIPHandlingPolicy', policy),
    async fetch(url) {
      const answer = `fetch(${JSON.stringify(url)}).then(({ status }) => status, () => null)`
      return (await run(session, answer)) as number | null
    },
  }
}

/** Loads the extension, and answers the target of its worker. */
async function startWorker({ browser }: Cdp): Promise<string> {
  const workers = new Map<string, string>()
  const waiting = new Set<() => void>()
  browser.on('Target.targetCreated', ({ targetInfo: { type, url, targetId } }) => {
    if (type !== 'service_worker') return
    workers.set(new URL(url).host, targetId)
    for (const look of waiting) look()
  })
  const filter = [{ type: 'service_worker' }, { exclude: true }]
  await browser.send('Target.setDiscoverTargets', { discover: true, filter })
  const { id } = await browser.send('Extensions.loadUnpacked', { path: extension })
  return new Promise((resolve) => {
    const look = () => {
      const found = workers.get(id)
      if (found === undefined) return
      waiting.delete(look)
      resolve(found)
    }
    waiting.add(look)
    look()
  })
}

/** A worker that has only just begun does not have its interfaces yet. */
async function untilSettable(session: Session): Promise<void> {
  while (!(await run(session, 'Boolean(globalThis.chrome?.proxy && chrome.privacy)'))) {
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

async function set(session: Session, name: string, value: unknown): Promise<void> {
  const text = JSON.stringify(value)
  const held = `(await chrome.${name}.get({})).levelOfControl`
  const level = await run(
    session,
    `(async () => { await chrome.${name}.set({ value: ${text} }); return ${held} })()`,
  )
  if (level !== 'controlled_by_this_extension') throw new Error(`Chromium does not hold ${name}: ${text}`)
}

async function run(session: Session, expression: string): Promise<unknown> {
  const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
    expression,
    awaitPromise: true,
    returnByValue: true,
  })
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
  return result.value as unknown
}
