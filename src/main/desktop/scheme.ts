import { app, protocol } from 'electron'

const scheme = 'dailies'
/** Where the page lives: an origin of its own, neither a file nor a web site. */
export const origin = `${scheme}://studio`
export const pageAddress = `${origin}/`

/**
 * Makes the scheme one like https: WebCodecs, module workers and hashing want a secure context,
 * videos want streams. Must run before the application is ready.
 */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
  ])
}

/** Answers the scheme from `content`. */
export function serveScheme(content: (request: Request) => Promise<Response>): void {
  protocol.handle(scheme, (request) => {
    if (!isOwnPage(request.url)) return new Response(null, { status: 404 })
    return content(request)
  })
}

/** Whether an address is the studio's own page. */
export function isOwnPage(address: string): boolean {
  return address === origin || address.startsWith(pageAddress)
}

/**
 * Makes the installed program the one that opens `dailies:` links. On Windows what follows `--` is never read as a
 * switch, whatever a link pretends to be; on macOS the package's own description must name the scheme too.
 */
export function takeLinks(): boolean {
  return process.platform === 'win32'
    ? app.setAsDefaultProtocolClient(scheme, process.execPath, ['--'])
    : app.setAsDefaultProtocolClient(scheme)
}
