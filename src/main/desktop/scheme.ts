import { net, protocol } from 'electron'

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

/**
 * Answers the scheme from `content`. With `pageServer`, the address of a development server,
 * everything but media comes from there.
 */
export function serveScheme(
  content: (request: Request) => Promise<Response>,
  pageServer: string | undefined,
): void {
  protocol.handle(scheme, (request) => {
    const { host, pathname, search } = new URL(request.url)
    if (host !== 'studio') return new Response(null, { status: 404 })
    if (pageServer === undefined || pathname.startsWith('/media/')) return content(request)
    return net.fetch(new URL(pathname + search, pageServer).href, { bypassCustomProtocolHandlers: true })
  })
}

/** Whether an address is the studio's own page. */
export function isOwnPage(address: string): boolean {
  return address === origin || address.startsWith(pageAddress)
}
