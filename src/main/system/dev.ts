type Content = (request: Request) => Promise<Response>

/** What `npm run dev` tells the program through its environment. */
export interface Development {
  /** Address of the development server that serves the page's sources. */
  pageServer: string
  /** Kept over restarts, so that an open page stays let in; only the browser shell has one. */
  token: string | null
}

/** Null in ordinary use. A page server beyond this computer is not believed. */
export function development(env: NodeJS.ProcessEnv = process.env): Development | null {
  const pageServer = env['ELECTRON_RENDERER_URL']
  if (!pageServer || !URL.canParse(pageServer)) return null
  const { protocol, hostname } = new URL(pageServer)
  if (protocol !== 'http:' || !['localhost', '127.0.0.1', '[::1]'].includes(hostname)) return null
  return { pageServer, token: env['DAILIES_DEV_TOKEN'] ?? null }
}

/** The same content, with the page's files taken from the development server. */
export function withPageServer(content: Content, { pageServer }: Development): Content {
  return async (request) => {
    const { pathname, search } = new URL(request.url)
    if (pathname.startsWith('/media/')) return content(request)
    const headers = new Headers()
    // The server tells scripts, styles and pages apart by these.
    for (const name of ['accept', 'sec-fetch-dest', 'sec-fetch-mode']) {
      const value = request.headers.get(name)
      if (value !== null) headers.set(name, value)
    }
    const {
      status,
      headers: answered,
      body,
    } = await fetch(new URL(pathname + search, pageServer), { headers })
    const type = answered.get('content-type')
    return new Response(body, {
      status,
      headers: { 'cache-control': 'no-store', ...(type === null ? {} : { 'content-type': type }) },
    })
  }
}
