import type { Page } from 'playwright-core'

/**
 * Loads the page without the headers that bind it, as if a fault of Chromium's had freed it: what still holds is what the
 * program asked of its session. `back` loads it as it is served.
 */
export async function withoutPolicy(page: Page): Promise<() => Promise<void>> {
  const cdp = await page.context().newCDPSession(page)
  const binding = /^(content-security-policy|x-dns-prefetch-control)$/i
  let freed = false
  cdp.on('Fetch.requestPaused', ({ requestId, responseStatusCode = 200, responseHeaders = [] }) => {
    const kept = responseHeaders.filter(({ name }) => !binding.test(name))
    freed ||= kept.length < responseHeaders.length
    cdp
      .send('Fetch.continueResponse', {
        requestId,
        responseCode: responseStatusCode,
        responseHeaders: kept,
      })
      // The page may have gone on meanwhile.
      .catch(() => undefined)
  })
  await cdp.send('Fetch.enable', { patterns: [{ urlPattern: '*', requestStage: 'Response' }] })
  await page.reload()
  await page.locator('nav').waitFor()
  if (!freed) throw new Error('The page kept its policy.')
  return async () => {
    await cdp.send('Fetch.disable')
    await cdp.detach()
    await page.reload()
    await page.locator('nav').waitFor()
  }
}
