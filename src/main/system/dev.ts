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

/** Answers the page's files from somewhere else; null for what is not one of them. */
export type PageSource = (request: Request) => Promise<Response> | null

/** The page's files from the development server. */
export function pageSource({ pageServer }: Development): PageSource {
  return (request) => {
    const { pathname, search } = new URL(request.url)
    return isOfPage(pathname) ? askServer(new URL(pathname + search, pageServer), request.headers) : null
  }
}

/** The sources have folders called `api` and `media` too: there, only files of code and style are the page's. */
function isOfPage(path: string): boolean {
  return /\.(tsx?|css)$/.test(path) || !/^\/(api|media)\//.test(path)
}

async function askServer(address: URL, given: Headers): Promise<Response> {
  const headers = new Headers()
  // The server tells scripts, styles and pages apart by these.
  for (const name of ['accept', 'sec-fetch-dest', 'sec-fetch-mode']) {
    const value = given.get(name)
    if (value !== null) headers.set(name, value)
  }
  const answer = await fetch(address, { headers })
  const type = answer.headers.get('content-type')
  return new Response(answer.body, {
    status: answer.status,
    headers: { 'cache-control': 'no-store', ...(type === null ? {} : { 'content-type': type }) },
  })
}
