// All of this runs in the page, as code that was smuggled into it would.

/** Every way a page has to reach an address and to hear of it; each is tried, none may throw this off. */
export async function reachOut(to: string): Promise<string[]> {
  const got: string[] = []
  const element = <K extends keyof HTMLElementTagNameMap>(
    tag: K,
    attributes: Record<string, string>,
  ): HTMLElementTagNameMap[K] => {
    const made = document.createElement(tag)
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
    document.body.append(made)
    return made
  }
  /** Settles with what the element says, or with the refusal of the policy. */
  const outcome = (made: HTMLElement) =>
    new Promise<string>((resolve) => {
      made.addEventListener('load', () => resolve('loaded'))
      made.addEventListener('loadeddata', () => resolve('loaded'))
      made.addEventListener('error', () => resolve('refused'))
    })
  const ended = (worker: Worker | SharedWorker) =>
    new Promise<unknown>((resolve, reject) => {
      worker.addEventListener('error', () => reject(new Error('refused')))
      if (worker instanceof Worker) worker.addEventListener('message', resolve)
    })
  const attempts: Record<string, () => unknown> = {
    fetch: async () => (await fetch(`${to}/fetch`, { mode: 'no-cors' })).type,
    xhr: () =>
      new Promise((resolve, reject) => {
        const request = new XMLHttpRequest()
        request.addEventListener('load', () => resolve('loaded'))
        request.addEventListener('error', () => reject(new Error('refused')))
        request.open('POST', `${to}/xhr`)
        request.send('secret')
      }),
    websocket: () =>
      new Promise((resolve, reject) => {
        const socket = new WebSocket(`${to.replace('http', 'ws')}/ws`)
        socket.addEventListener('open', resolve)
        socket.addEventListener('error', () => reject(new Error('refused')))
      }),
    events: () =>
      new Promise((resolve, reject) => {
        const source = new EventSource(`${to}/events`)
        source.addEventListener('open', resolve)
        source.addEventListener('error', () => reject(new Error('refused')))
      }),
    transport: () => new WebTransport(`${to.replace('http', 'https')}/transport`).ready,
    'sign-in': () => {
      const providers = [{ configURL: `${to}/sign-in.json`, clientId: 'x' }]
      return navigator.credentials.get({ identity: { providers } } as CredentialRequestOptions)
    },
    img: async () => outcome(element('img', { src: `${to}/img.png` })),
    video: async () => outcome(element('video', { src: `${to}/video.mp4`, preload: 'auto' })),
    script: async () => outcome(element('script', { src: `${to}/x.js` })),
    stylesheet: async () => outcome(element('link', { rel: 'stylesheet', href: `${to}/x.css` })),
    preload: async () => outcome(element('link', { rel: 'preload', as: 'image', href: `${to}/preload.png` })),
    modulepreload: async () => outcome(element('link', { rel: 'modulepreload', href: `${to}/m.js` })),
    worker: () => ended(new Worker(`${to}/worker.js`)),
    'worker of a blob': () => {
      const code = new Blob([`fetch('${to}/from-worker').then(() => postMessage('reached'))`])
      return ended(new Worker(URL.createObjectURL(code)))
    },
    'module worker': () => ended(new Worker(`${to}/module-worker.js`, { type: 'module' })),
    'shared worker': () => ended(new SharedWorker(`${to}/shared-worker.js`)),
    'worker that imports': () => {
      const code = new Blob([`importScripts('${to}/imported.js'); postMessage('reached')`])
      return ended(new Worker(URL.createObjectURL(code)))
    },
    worklet: () => new AudioContext().audioWorklet.addModule(`${to}/worklet.js`),
    import: () => import(/* @vite-ignore */ `${to}/module.js`),
    font: () => new FontFace('x', `url(${to}/font.woff2)`).load(),
    eval: () => (Reflect.get(window, 'eval') as (code: string) => unknown)('1'),
    function: () => Reflect.construct(Reflect.get(window, 'Function') as new () => unknown, ['return 1']),
    'inline script': () => {
      const script = element('script', {})
      script.textContent = 'window.ranInline = true'
      if (!('ranInline' in window)) throw new Error('refused')
    },
    'service worker': () => navigator.serviceWorker.register(`${to}/sw.js`),
  }
  const patienceMs = 5_000
  // DevTools, which runs this, lifts the ban on code made of text for as long as it has not waited.
  await new Promise((resolve) => setTimeout(resolve))
  await Promise.all(
    Object.entries(attempts).map(async ([name, attempt]) => {
      const silence = new Promise((resolve) => setTimeout(resolve, patienceMs, 'refused'))
      try {
        const became = await Promise.race([attempt(), silence])
        if (became !== 'refused') got.push(`${name}: ${String(became)}`)
      } catch {
        // Refused, as it should be.
      }
    }),
  )
  return got
}

/** Addresses of the studio's own scheme and of files that hold no page and no media. */
export async function readAround(addresses: string[]): Promise<string[]> {
  const got: string[] = []
  for (const address of addresses) {
    try {
      const answer = await fetch(address)
      if (answer.ok) got.push(`${address}: ${(await answer.text()).slice(0, 80)}`)
    } catch {
      // Refused, as it should be.
    }
  }
  return got
}

/** What the page has that a page of the web has not. */
export function powers(): string[] {
  const names = [
    'require',
    'process',
    'module',
    'Buffer',
    'global',
    'electron',
    'ipcRenderer',
    'chrome.runtime',
  ]
  const there = names.filter((name) => name in window)
  return [...there, ...Object.keys(window.dailies ?? {})]
}
