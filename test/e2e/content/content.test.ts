import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { expect, onTestFinished, test } from 'vitest'
import { createContent } from '../../../src/main/content'
import { launchChromium } from '../../support/chromium'
import { house } from '../../unit/library/house'

const script = `
  const video = document.querySelector('video')
  const once = (type) => new Promise((done, failed) => {
    video.addEventListener(type, done, { once: true })
    video.addEventListener('error', () => failed(video.error), { once: true })
  })
  window.seek = async (to) => {
    if (video.readyState < 1) await once('loadedmetadata')
    video.currentTime = to
    await once('seeked')
    const { currentTime, videoWidth, videoHeight } = video
    return { currentTime, videoWidth, videoHeight, seekable: video.seekable.end(0) }
  }
  window.work = () => new Promise((done, failed) => {
    const worker = new Worker('./worker-B1a2c3D4.js', { type: 'module' })
    worker.onmessage = (message) => done(message.data)
    worker.onerror = () => failed(new Error('the worker did not start'))
  })
  window.ready = true
`

test('a real page under the policy plays and seeks a video, runs its worker, and no script from elsewhere', async () => {
  const { history, library, paths, finished } = await house()
  const job = await finished()
  mkdirSync(paths.pageDir)
  writeFileSync(
    join(paths.pageDir, 'index.html'),
    `<!doctype html><script>window.inline = true</script>
       <video src="media/${job.id}/video" muted></video><script type="module" src="page-B1a2c3D4.js"></script>`,
  )
  writeFileSync(join(paths.pageDir, 'page-B1a2c3D4.js'), script)
  writeFileSync(
    join(paths.pageDir, 'worker-B1a2c3D4.js'),
    `fetch('https://example.com').then(() => postMessage('went out'), () => postMessage('kept in'))`,
  )
  const content = createContent({
    pageDir: paths.pageDir,
    history,
    library,
    assets: { get: () => null, path: () => null, thumb: async () => null },
    derivatives: { path: () => null },
  })
  const server = serve({ fetch: content, hostname: '127.0.0.1', port: 0 })
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const browser = await launchChromium()
  onTestFinished(() => browser.close())
  const page = await browser.newPage()
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  await page.waitForFunction('window.ready')

  expect(await page.evaluate('window.seek(0.5)')).toEqual({
    currentTime: 0.5,
    videoWidth: 160,
    videoHeight: 96,
    seekable: 1,
  })
  expect(await page.evaluate('window.work()')).toBe('kept in')
  expect(await page.evaluate('window.inline')).toBeUndefined()
}, 60_000)
