import { app, shell, type Session, type WebContents } from 'electron'
import { isOwnPage } from './scheme'

/** What the page itself asks for: copying a prompt, and a video in full screen. */
const allowed = new Set(['clipboard-sanitized-write', 'fullscreen'])
/** What leads out of this computer, or past the page's own scheme into its files. */
const outside = /^(?:https?|wss?|ftp|file):/i

/**
 * Closes every way out of the page: permissions, navigation, new windows, embedded views.
 * Links open in the person's browser when they are https and their host is one of `linkHosts`.
 */
export function guardPages(session: Session, linkHosts: () => ReadonlySet<string>): void {
  session.setPermissionRequestHandler((contents, permission, answer, { isMainFrame, requestingUrl }) => {
    const own = isMainFrame && isOwnPage(requestingUrl) && isOwnPage(contents.getURL())
    answer(own && allowed.has(permission))
  })
  session.setPermissionCheckHandler(
    (_contents, permission, requestingOrigin, { isMainFrame }) =>
      isMainFrame && allowed.has(permission) && isOwnPage(requestingOrigin),
  )
  session.setDevicePermissionHandler(() => false)
  app.on('web-contents-created', (_event, contents) => guardContents(contents, linkHosts))
}

/**
 * Lets no page send anything anywhere, whatever its policy says: all that it needs comes through the scheme. Only what
 * Chromium itself fetches, such as a dictionary, belongs to no page and passes.
 */
export function sealPages(session: Session): void {
  session.webRequest.onBeforeRequest(({ url, webContentsId, initiatorOrigin }, answer) => {
    const ofPage = webContentsId !== undefined || initiatorOrigin !== undefined
    answer({ cancel: ofPage && outside.test(url) })
  })
  app.on('web-contents-created', (_event, contents) => {
    // Peers are no requests and know no policy: over UDP they reach nobody, and over TCP they meet the session's proxy.
    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
  })
}

function guardContents(contents: WebContents, linkHosts: () => ReadonlySet<string>): void {
  contents.on('will-navigate', (event) => {
    if (!isOwnPage(event.url)) event.preventDefault()
  })
  contents.on('will-frame-navigate', (event) => {
    if (!isOwnPage(event.url)) event.preventDefault()
  })
  contents.on('will-redirect', (event) => {
    if (!isOwnPage(event.url)) event.preventDefault()
  })
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    if (mayLeave(url, linkHosts())) void shell.openExternal(url)
    return { action: 'deny' }
  })
}

function mayLeave(address: string, hosts: ReadonlySet<string>): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, hostname, username, port } = new URL(address)
  return protocol === 'https:' && hosts.has(hostname) && username === '' && port === ''
}
