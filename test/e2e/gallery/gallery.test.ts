import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seriousFaults } from '../frame/kit'
import { focused, inSight, scrollTo, starred, startGallery, texts, type Gallery } from './kit'
import { eventually } from '../../support/eventually'

const jobs = 2000
let gallery: Gallery

beforeAll(async () => {
  gallery = await startGallery(jobs)
})
afterAll(() => gallery.close())

describe('a long history', () => {
  it('would draw more cards than a screen holds, or show rows that are not there', async () => {
    const page = await gallery.open()
    const cards = page.getByRole('gridcell')
    await cards.first().waitFor()
    await eventually(async () =>
      expect(await page.getByRole('grid').getAttribute('aria-rowcount')).toBe(String(jobs / 4)),
    )
    await scrollTo(page, 40_000)
    await eventually(async () => expect((await texts(page)).join()).not.toContain('Loading'))
    expect(await cards.count()).toBeLessThanOrEqual(150)
    expect(await page.locator('[role=grid] video').count()).toBe(0)
    await page.context().close()
  })

  it('would find what a search does not ask for, in either language', async () => {
    const page = await gallery.open()
    await page.keyboard.press('/')
    await page.keyboard.type('take 1234')
    await page.getByRole('gridcell', { name: /take 1234/ }).waitFor()
    await eventually(async () => expect(await page.getByRole('gridcell').count()).toBe(1))
    await page.keyboard.press('Escape')
    await page.keyboard.type('灯塔')
    await page.getByRole('gridcell', { name: /灯塔/ }).first().waitFor()
    await eventually(async () => {
      const found = await texts(page)
      expect(found.length).toBeGreaterThan(3)
      expect(found.every((name) => name.includes('灯塔'))).toBe(true)
    })
    await page.keyboard.press('Escape')
    await page.keyboard.type('no such prompt')
    await page.getByRole('heading', { name: 'Nothing matches' }).waitFor()
    await page.getByRole('button', { name: 'Clear search and filter' }).click()
    await eventually(async () => expect(await page.getByRole('gridcell').count()).toBeGreaterThan(10))
    await page.context().close()
  })

  it('would lose the keyboard on its way through cards that are not drawn yet', async () => {
    const page = await gallery.open()
    await page.getByRole('gridcell').first().click()
    await eventually(async () =>
      expect(await page.getByRole('grid').getAttribute('aria-rowcount')).toBe(String(jobs / 4)),
    )
    const top = await focused(page)
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowDown')
    await eventually(async () => expect(await focused(page)).toBe(top - 5))
    await page.keyboard.press('End')
    await eventually(async () => expect(await focused(page)).toBe(top - jobs + 1))
    await page.keyboard.press('Home')
    await eventually(async () => expect(await focused(page)).toBe(top))
    await page.keyboard.press('Shift+End')
    await page.getByText('2,000 selected').waitFor()
    await page.keyboard.press('Escape')
    await eventually(async () => expect(await page.locator('[aria-selected=true]').count()).toBe(0))
    await page.context().close()
  })

  it('would forget a favourite, or show others among them', async () => {
    const page = await gallery.open()
    await page.keyboard.press('/')
    await page.keyboard.type('take 1001')
    const card = page.getByRole('gridcell', { name: /take 1001/ })
    await card.click()
    await page.keyboard.press('f')
    await eventually(async () => expect(await starred(page)).toBe(1))
    await page.reload()
    await page.getByRole('button', { name: 'Favourites' }).click()
    await eventually(async () => {
      expect(await starred(page)).toBeGreaterThan(10)
      expect(await starred(page)).toBe(await page.getByRole('gridcell').count())
    })
    await page.keyboard.press('/')
    await page.keyboard.type('take 1001')
    await card.waitFor()
    await card.click()
    await page.keyboard.press('f')
    await eventually(async () => expect(await starred(page)).toBe(0))
    await page.context().close()
  })

  it('would delete for good what a person takes back', async () => {
    const page = await gallery.open()
    await page.keyboard.press('/')
    await page.keyboard.type('take 1501')
    const card = page.getByRole('gridcell', { name: /take 1501/ })
    await card.click()
    await page.keyboard.press('Delete')
    // Whether a question comes first depends on whether the job has a file.
    const asked = page.getByRole('alertdialog').getByRole('button', { name: 'Delete' })
    const undo = page.getByRole('button', { name: 'Undo' })
    await asked.or(undo).first().waitFor()
    if (await asked.isVisible()) await asked.click()
    await eventually(async () => expect(await card.count()).toBe(0))
    await undo.click()
    await card.waitFor()
    const found = await gallery.studio.api('GET', '/jobs?q=take%201501')
    expect(found.body['jobs']).toHaveLength(1)
    await page.context().close()
  })

  it('would leave the keyboard nowhere after a delete, or after taking it back', async () => {
    const page = await gallery.open()
    await page.getByRole('gridcell').first().waitFor()
    await page.getByRole('gridcell').nth(2).click()
    const gone = await focused(page)
    await page.keyboard.press('Delete')
    const asked = page.getByRole('alertdialog').getByRole('button', { name: 'Delete' })
    const undo = page.getByRole('button', { name: 'Undo' })
    await asked.or(undo).first().waitFor()
    if (await asked.isVisible()) await asked.click()
    await eventually(async () => expect(await focused(page)).toBe(gone - 1))
    await undo.click()
    await eventually(async () => expect(await focused(page)).toBe(gone))
    await page.context().close()
  })

  it('would move the cards a person looks at when a job is new', async () => {
    const page = await gallery.open()
    await page.getByRole('gridcell').first().waitFor()
    await scrollTo(page, 3000)
    const before = await eventually(async () => {
      const shown = await inSight(page)
      expect(shown.length).toBeGreaterThan(11)
      expect(shown.join()).not.toContain('Loading')
      return shown
    })
    await gallery.studio.api('POST', '/jobs', { model: 'animatic', prompt: 'A kite over the dunes' })
    const held = page.getByRole('button', { name: '1 new video' })
    await held.waitFor()
    expect(await inSight(page)).toEqual(before)
    await held.click()
    await eventually(async () => expect((await texts(page))[0]).toContain('A kite over the dunes'))
    await page.context().close()
  })

  it('would bring the gallery back at its top after a look at the queue', async () => {
    const page = await gallery.open()
    await page.getByRole('gridcell').first().waitFor()
    await scrollTo(page, 5000)
    await page.keyboard.press('2')
    await page.getByRole('heading', { level: 1, name: 'Queue' }).waitFor()
    await page.keyboard.press('1')
    const top = () => page.getByRole('grid').evaluate((grid) => grid.parentElement?.scrollTop)
    await eventually(async () => expect(await top()).toBe(5000))
    await page.context().close()
  })

  it('would shut out somebody who cannot see it', async () => {
    for (const colorScheme of ['dark', 'light'] as const) {
      // Without motion, so that nothing is judged half faded in.
      const page = await gallery.open({ colorScheme, reducedMotion: 'reduce' })
      await page.getByRole('gridcell').first().waitFor()
      await eventually(async () => expect((await texts(page)).join()).not.toContain('Loading'))
      expect(await seriousFaults(page)).toEqual([])
      await page.getByRole('button', { name: 'Select several' }).click()
      await page.getByRole('gridcell').nth(2).click()
      await page.getByText('1 selected').waitFor()
      expect(await seriousFaults(page)).toEqual([])
      await page.getByRole('button', { name: 'Filter' }).click()
      await page.getByRole('dialog').waitFor()
      expect(await seriousFaults(page)).toEqual([])
      await page.context().close()
    }
  })
})
