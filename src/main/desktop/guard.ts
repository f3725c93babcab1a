import { app, shell, type Session, type WebContents } from 'electron'
import { isOwnPage } from './scheme'

/** What the page itself asks for: copying a prompt, and a video in full screen. */
const allowed = new Set(['clipboard-sanitized-write', 'fullscreen'])

/**
 * Closes every way out of the page: permissions, navigation, new windows, embedded views.
 * Links open in the person's browser when they are https and their host is one of `linkHosts`.
 */
export function guardPages(session: Session, linkHosts: () => ReadonlySet<string>): void {
  session.setPermissionRequestHandler((contents, permission, answer) => {
    answer(allowed.has(permission) && isOwnPage(contents.getURL()))
  })
  session.setPermissionCheckHandler(
    (_contents, permission, requestingOrigin) => allowed.has(permission) && isOwnPage(requestingOrigin),
  )
  session.setDevicePermissionHandler(() => false)
  app.on('web-contents-created', (_event, contents) => guardContents(contents, linkHosts))
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
