import { EventEmitter } from 'node:events'
import type Electron from 'electron'
import { record } from '../record'
import { strict } from '../strict'
import { enforce, enforced } from './enforce'
import { runningChromium } from '../engine/runtime'
import { protocol } from './protocol'
import { proxyValue } from './proxy'

type Api = Pick<
  Electron.Session,
  | 'setPermissionRequestHandler'
  | 'setPermissionCheckHandler'
  | 'setDevicePermissionHandler'
  | 'resolveProxy'
  | 'setProxy'
  | 'closeAllConnections'
  | 'setSpellCheckerEnabled'
  | 'isSpellCheckerEnabled'
  | 'setSpellCheckerLanguages'
  | 'getSpellCheckerLanguages'
  | 'addWordToSpellCheckerDictionary'
  | 'setSpellCheckerDictionaryDownloadURL'
  | 'clearCache'
  | 'clearStorageData'
  | 'flushStorageData'
>

/** What a session was told of permissions, for whoever opens pages in it. */
export interface Permissions {
  request: Parameters<Electron.Session['setPermissionRequestHandler']>[0]
  check: Parameters<Electron.Session['setPermissionCheckHandler']>[0]
  device: Parameters<Electron.Session['setDevicePermissionHandler']>[0]
}

type RequestListener = (
  details: Electron.OnBeforeRequestListenerDetails,
  answer: (response: Electron.CallbackResponse) => void,
) => void

/** What the program lets through of requests; Chromium is not told, a test asks. */
export const requests: { listener: RequestListener | null } = { listener: null }

/** A permission by Electron's name. */
export type Permission = Parameters<NonNullable<Permissions['request']>>[1]

/** What the system's proxy settings say of an address, as PAC writes it; a test may say otherwise. */
export const systemProxy = { answer: 'DIRECT' }

export class Session extends EventEmitter implements Api {
  readonly permissions: Permissions = { request: null, check: null, device: null }
  readonly protocol = protocol
  readonly webRequest = strict('webRequest', {
    onBeforeRequest: (listener: RequestListener) => void (requests.listener = listener),
  })
  availableSpellCheckerLanguages = ['de', 'en-AU', 'en-CA', 'en-GB', 'en-US', 'es', 'fr', 'it', 'pt-BR', 'ru']
  private readonly pages: boolean
  private ownProxy = false
  /** Whether pages live in it: only of these does Chromium hold anything. */
  constructor({ pages }: { pages: boolean }) {
    super()
    this.pages = pages
    return strict('session', this)
  }
  get spellCheckerEnabled(): boolean {
    return record.spelling.enabled
  }
  set spellCheckerEnabled(enabled: boolean) {
    record.spelling.enabled = enabled
  }
  setPermissionRequestHandler(handler: Permissions['request']): void {
    this.permissions.request = handler
  }
  setPermissionCheckHandler(handler: Permissions['check']): void {
    this.permissions.check = handler
  }
  setDevicePermissionHandler(handler: Permissions['device']): void {
    this.permissions.device = handler
  }
  resolveProxy(): Promise<string> {
    if (this.ownProxy) throw new Error('The double of electron has no session.resolveProxy after setProxy.')
    return Promise.resolve(systemProxy.answer)
  }
  /** Chromium holds it from then on, for pages that are open too. */
  setProxy(config: Electron.ProxyConfig): Promise<void> {
    const value = proxyValue(config)
    this.ownProxy = true
    // What `net` fetches in other sessions always goes straight.
    if (!this.pages && value.mode !== 'fixed_servers') return Promise.resolve()
    if (!this.pages) throw new Error('The double of electron has no session.setProxy without pages.')
    return enforce((settings) => settings.setProxy(value))
  }
  closeAllConnections(): Promise<void> {
    return Promise.resolve()
  }
  setSpellCheckerEnabled(enable: boolean): void {
    record.spelling.enabled = enable
    if (enable) fetchDictionaries().catch((error: unknown) => record.faults.push(String(error)))
  }
  isSpellCheckerEnabled(): boolean {
    return record.spelling.enabled
  }
  setSpellCheckerLanguages(languages: string[]): void {
    const unknown = languages.find((one) => !this.availableSpellCheckerLanguages.includes(one))
    if (unknown !== undefined)
      throw new Error(`Invalid language code provided: "${unknown}" is not a valid language code`)
    record.spelling.languages = languages
  }
  getSpellCheckerLanguages(): string[] {
    return record.spelling.languages
  }
  addWordToSpellCheckerDictionary(word: string): boolean {
    record.spelling.added.push(word)
    return true
  }
  setSpellCheckerDictionaryDownloadURL(url: string): void {
    record.spelling.from = url
  }
  clearCache(): Promise<void> {
    return Promise.resolve()
  }
  clearStorageData(): Promise<void> {
    return Promise.resolve()
  }
  flushStorageData(): void {}
}

/** As Chromium does by itself, past all pages, where it has none yet. */
async function fetchDictionaries(): Promise<void> {
  const { languages, from } = record.spelling
  await enforced()
  for (const language of languages) {
    const name = `${language.toLowerCase()}-10-1.bdic`
    const { settings } = runningChromium()
    // The program's own scheme is not served to Chromium itself.
    const status = from.startsWith('http:') ? await settings.fetch(from + name) : null
    record.spelling.fetched.push([name, status])
  }
}

const partitions = new Map<string, Session>()

export const session = strict('session', {
  defaultSession: new Session({ pages: true }),
  /** Sessions of their own, of which the program asks no more than what the system's proxy is. */
  fromPartition(name: string): Session {
    const known = partitions.get(name) ?? new Session({ pages: false })
    partitions.set(name, known)
    return known
  },
})
