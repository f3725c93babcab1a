import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startDouble, type Double } from '../double'

let folder: string
let double: Double

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dailies-test-'))
  double = await startDouble({ dataDir: join(folder, 'data'), library: join(folder, 'library') })
})
afterAll(async () => {
  await double.kill()
  rmSync(folder, { recursive: true, force: true })
})

describe('the built program on the double of Electron', () => {
  it('would not boot, or show an empty page', async () => {
    const page = await double.page()
    await page.locator('nav').waitFor()
    expect(await page.title()).toBe('Dailies')
    expect(await page.evaluate(() => Object.keys(window.dailies ?? {}))).toEqual(['pathForFile'])
    const [shown] = await double.do('windows')
    expect(shown).toMatchObject({ url: 'dailies://studio/', visible: true, focused: true, crashed: false })
    expect((await double.recorded()).faults).toEqual([])
  })

  it('would hand the page a port that carries nothing', async () => {
    const page = await double.page()
    await page.keyboard.press('5')
    await page.getByRole('radio', { name: 'Light' }).click()
    await page.locator('html[data-theme=light]').waitFor()
    await page.reload()
    await page.locator('nav').waitFor()
    expect(await page.locator('html').getAttribute('data-theme')).toBe('light')
  })

  it('would serve the page without its policy, or a host that is not its own', async () => {
    const page = await double.page()
    const answer = await page.evaluate(async () => {
      const { status, headers } = await fetch('./', { cache: 'no-store' })
      return { status, policy: headers.get('content-security-policy') }
    })
    expect(answer.status).toBe(200)
    expect(answer.policy).toContain("default-src 'self'")
    const other = await double.do('address', 'dailies://elsewhere/')
    const foreign = await page.context().newPage()
    // Chromium's word for an error status without a body.
    await expect(foreign.goto(other)).rejects.toThrow('ERR_HTTP_RESPONSE_CODE_FAILURE')
    await foreign.close()
  })
})
