import type Electron from 'electron'
import type { PageHooks } from '../engine/page'
import { record } from '../record'
import { preventable } from './event'
import type { Contents, Talk } from './talk'

type OpenHandler = (details: Electron.HandlerDetails) => Electron.WindowOpenHandlerResponse

/** Where a page stands. */
export interface PageState {
  url: string
  crashed: boolean
  loading: boolean
  destroyed: boolean
  openHandler: OpenHandler | null
  /** Who waits for the page that is being loaded. */
  loaded: { resolve: () => void; reject: (error: Error) => void } | null
}

export function newPageState(): PageState {
  return { url: '', crashed: false, loading: false, destroyed: false, openHandler: null, loaded: null }
}

const goes = { navigate: 'will-navigate', frame: 'will-frame-navigate', redirect: 'will-redirect' } as const

/** What becomes of a page, as its contents' events and their state; `contents` is what listeners get as the sender. */
export function pageEvents(contents: Contents, state: PageState, talk: Talk): PageHooks {
  const ended = (error: Error | null) => {
    if (error) state.loaded?.reject(error)
    else state.loaded?.resolve()
    state.loaded = null
  }
  return {
    navigated(url, inPage) {
      state.url = url
      contents.emit(inPage ? 'did-navigate-in-page' : 'did-navigate', preventable({}), url, inPage)
    },
    domReady: () => void contents.emit('dom-ready', preventable({})),
    finished() {
      state.loading = false
      contents.emit('ready-to-show')
      contents.emit('did-finish-load', preventable({}))
      contents.emit('did-stop-loading', preventable({}))
      ended(null)
    },
    failed(url, reason) {
      state.loading = false
      contents.emit('did-fail-load', preventable({}), -2, reason, url, true)
      ended(new Error(`${reason} loading '${url}'`))
    },
    mayGo(url, how) {
      const isMainFrame = how !== 'frame'
      const event = preventable({ url, isMainFrame, isSameDocument: false, frame: null, initiator: null })
      contents.emit(goes[how], event, url)
      // Electron tells of each navigation of the main frame under both names.
      if (how === 'navigate') contents.emit('will-frame-navigate', event)
      return !event.defaultPrevented
    },
    popup(url) {
      const answer = state.openHandler?.({
        url,
        frameName: '',
        features: '',
        disposition: 'foreground-tab',
        referrer: { url: state.url, policy: 'default' },
      })
      if (answer?.action === 'allow')
        record.faults.push(`The double of electron opens no second window: ${url}`)
    },
    said: (message) => talk.said(contents, message),
    left: () => talk.left(),
    crashed() {
      state.crashed = true
      contents.emit('render-process-gone', preventable({}), { reason: 'crashed', exitCode: 11 })
    },
    closed() {
      talk.left()
      state.destroyed = true
      contents.emit('destroyed')
    },
  }
}
