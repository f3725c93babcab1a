import { randomUUID } from 'node:crypto'
import type { Cdp, Session } from './cdp'
import { fromChromium, toChromium } from './address'
import { createCodec } from './clone'
import { lookUpPaths, pathOfFile } from './paths'
import { isolatedWorld, mainWorld, type FromPage, type ToPage } from './worlds'

/** What a page tells whoever shows it; addresses are the program's own. */
export interface PageHooks {
  navigated(url: string, inPage: boolean): void
  domReady(): void
  finished(): void
  failed(url: string, reason: string): void
  /** Answers whether the page may go there. */
  mayGo(url: string, how: 'navigate' | 'frame' | 'redirect'): boolean
  popup(url: string): void
  said(message: FromPage): void
  /** The document with all its ports is gone. */
  left(): void
  crashed(): void
  closed(): void
}

/** One page of Chromium with its preload script. */
export interface Page {
  session: Session
  targetId: string
  tell(message: ToPage): void
  load(url: string): Promise<void>
  reload(ignoreCache: boolean): Promise<void>
  run(expression: string): Promise<unknown>
  close(): Promise<void>
}

const world = 'Electron Isolated Context'

export interface PageOptions {
  width: number
  height: number
  preload: string
}

/** Opens a page that shows nothing yet, with the preload ready for whatever it will show. */
export async function openPage(cdp: Cdp, options: PageOptions, hooks: PageHooks): Promise<Page> {
  const { width, height } = options
  const { targetId } = await cdp.browser.send('Target.createTarget', { url: 'about:blank', width, height })
  const { sessionId } = await cdp.browser.send('Target.attachToTarget', { targetId, flatten: true })
  const session = cdp.session(sessionId)
  const token = `double-${randomUUID()}`
  const binding = `tell-${token}`
  let mainFrame = ''
  let context: number | null = null
  /** Addresses the program itself loads are not asked about. */
  let own: string | null = null

  session.on('Runtime.executionContextCreated', ({ context: created }) => {
    const { frameId } = (created.auxData ?? {}) as { frameId?: string }
    if (created.name === world && frameId === mainFrame) context = created.id
  })
  const leave = () => {
    if (context === null) return
    context = null
    hooks.left()
  }
  session.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
    if (executionContextId === context) leave()
  })
  session.on('Runtime.executionContextsCleared', leave)
  session.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
    if (name === binding && executionContextId === context) hooks.said(JSON.parse(payload) as FromPage)
  })
  session.on('Page.frameNavigated', ({ frame }) => {
    if (frame.parentId === undefined)
      hooks.navigated(fromChromium(frame.url + (frame.urlFragment ?? '')), false)
  })
  session.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
    if (frameId === mainFrame) hooks.navigated(fromChromium(url), true)
  })
  session.on('Page.domContentEventFired', () => hooks.domReady())
  session.on('Page.loadEventFired', () => hooks.finished())
  session.on('Page.windowOpen', ({ url }) => hooks.popup(fromChromium(url)))
  session.on('Inspector.targetCrashed', () => {
    context = null
    hooks.left()
    hooks.crashed()
  })
  cdp.browser.on('Target.detachedFromTarget', (gone) => {
    if (gone.sessionId === sessionId) hooks.closed()
  })
  session.on('Fetch.requestPaused', (paused) => {
    const { requestId, request, frameId, redirectedRequestId } = paused
    const asked = fromChromium(request.url)
    const how = redirectedRequestId !== undefined ? 'redirect' : frameId === mainFrame ? 'navigate' : 'frame'
    const allowed = asked === own || hooks.mayGo(asked, how)
    if (asked === own) own = null
    const answered = allowed
      ? session.send('Fetch.continueRequest', { requestId })
      : session.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' })
    // The page may have gone on meanwhile, and the request with it.
    answered.catch(() => undefined)
  })
  lookUpPaths(session)

  await session.send('Page.enable')
  mainFrame = (await session.send('Page.getFrameTree')).frameTree.frame.id
  await Promise.all([
    session.send('Runtime.enable'),
    session.send('DOM.enable'),
    session.send('Debugger.enable'),
    session.send('Inspector.enable'),
    session.send('Fetch.enable', { patterns: [{ resourceType: 'Document', requestStage: 'Request' }] }),
    session.send('Runtime.addBinding', { name: binding, executionContextName: world }),
    session.send('Emulation.setFocusEmulationEnabled', { enabled: true }),
    session.send('Page.addScriptToEvaluateOnNewDocument', {
      source: `(${mainWorld.toString()})(${JSON.stringify(token)})`,
    }),
    session.send('Page.addScriptToEvaluateOnNewDocument', {
      worldName: world,
      source: `(${isolatedWorld.toString()})(${JSON.stringify(token)}, ${JSON.stringify(binding)},
        ${createCodec.toString()}, ${pathOfFile},
        function (require, module, exports, process) {${options.preload}\n})`,
    }),
  ])

  return {
    session,
    targetId,
    tell(message) {
      if (context === null) return
      session
        .send('Runtime.callFunctionOn', {
          executionContextId: context,
          functionDeclaration: `function (text) { globalThis[${JSON.stringify(token)}](text) }`,
          arguments: [{ value: JSON.stringify(message) }],
        })
        // The document may be gone while this was on its way.
        .catch(() => undefined)
    },
    async load(url) {
      own = url
      const { errorText } = await session.send('Page.navigate', { url: toChromium(url) })
      if (errorText === undefined) return
      hooks.failed(url, errorText)
      throw new Error(`${errorText} loading '${url}'`)
    },
    async reload(ignoreCache) {
      await session.send('Page.reload', { ignoreCache })
    },
    async run(expression) {
      const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
        expression,
        awaitPromise: true,
        returnByValue: true,
        userGesture: true,
      })
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
      return result.value as unknown
    },
    async close() {
      await cdp.browser.send('Target.closeTarget', { targetId })
    },
  }
}
