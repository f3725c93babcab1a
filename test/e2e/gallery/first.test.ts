import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seriousFaults } from '../frame/kit'
import { startGallery, texts, type Gallery } from './kit'
import { eventually } from '../../support/eventually'

let gallery: Gallery

beforeAll(async () => {
  gallery = await startGallery(0)
})
afterAll(() => gallery.close())

describe('the first run', () => {
  it('would show an empty page, or one that some cannot read', async () => {
    for (const colorScheme of ['dark', 'light'] as const) {
      const page = await gallery.open({ colorScheme })
      await page.getByRole('heading', { name: 'Make your first video' }).waitFor()
      expect(await seriousFaults(page)).toEqual([])
      await page.context().close()
    }
  })

  it('would not lead to a video with one click', async () => {
    const page = await gallery.open()
    await page.getByRole('button', { name: 'Make an animatic' }).click()
    const done = page.getByRole('gridcell', { name: /A lighthouse at dusk[^]*Done/ })
    await done.waitFor({ timeout: 60_000 })
    await done.locator('img[data-here]').waitFor({ timeout: 30_000 })
    expect(await page.getByRole('gridcell').count()).toBe(1)
    await page.context().close()
  })

  it('would play previews nobody points at, or go on playing them', async () => {
    const page = await gallery.open()
    const card = page.getByRole('gridcell', { name: /A lighthouse at dusk[^]*Done/ })
    await card.waitFor()
    expect(await page.locator('[role=grid] video').count()).toBe(0)
    await eventually(
      async () => {
        await page.mouse.move(4, 400)
        await card.hover()
        await card.locator('video[data-playing]').waitFor({ timeout: 2000 })
      },
      { timeout: 40_000 },
    )
    await page.mouse.move(4, 400)
    await eventually(async () => expect(await page.locator('[role=grid] video').count()).toBe(0))
    await page.context().close()
  })

  it('would move pictures for somebody who asked for none of it', async () => {
    const page = await gallery.open({ reducedMotion: 'reduce' })
    const card = page.getByRole('gridcell', { name: /A lighthouse at dusk/ })
    await card.hover()
    await card.getByRole('button', { name: 'Actions' }).waitFor()
    // The menu opens later than a preview would have begun.
    await card.getByRole('button', { name: 'Actions' }).click()
    await page.getByRole('menuitem', { name: 'Copy prompt' }).waitFor()
    expect(await page.locator('[role=grid] video').count()).toBe(0)
    await page.context().close()
  })

  it('would make the same job without its prompt when asked for a variation', async () => {
    const page = await gallery.open()
    await page.getByRole('gridcell', { name: /A lighthouse at dusk/ }).click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Vary the seed' }).click()
    await eventually(async () => {
      const made = await texts(page)
      expect(made).toHaveLength(2)
      expect(made.every((name) => name.startsWith('A lighthouse at dusk'))).toBe(true)
    })
    await page.context().close()
  })
})
