import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seriousFaults, startFrame, type Frame } from '../frame/kit'
import { composer } from './kit'

let frame: Frame

beforeAll(async () => {
  frame = await startFrame()
})
afterAll(() => frame.close())

describe('reach', () => {
  it('would shut somebody out who cannot use a mouse or see well', async () => {
    for (const theme of ['dark', 'light'] as const) {
      const page = await frame.open({ theme })
      await composer(page).prompt.waitFor()
      expect(await seriousFaults(page)).toEqual([])
      for (const name of [/^Animatic/, /^Ratio/, /^Duration/, /^Seed/, /^More settings/]) {
        await composer(page).chip(name).first().focus()
        await page.keyboard.press('Enter')
        await page.getByRole('dialog').waitFor()
        expect(await seriousFaults(page)).toEqual([])
        await page.keyboard.press('Escape')
        await page.getByRole('dialog').waitFor({ state: 'detached' })
      }
      await page.context().close()
    }
  })

  it('would take half of a low window', async () => {
    const page = await frame.open({ width: 960, height: 640 })
    const box = page.getByRole('region', { name: 'Composer' })
    await box.waitFor()
    expect((await box.boundingBox())?.height).toBeLessThan(64)
    await composer(page).prompt.click()
    await composer(page)
      .chip(/^Ratio/)
      .waitFor()
    expect((await box.boundingBox())?.height).toBeLessThan(640 * 0.4)
    await page.context().close()
  })
})
