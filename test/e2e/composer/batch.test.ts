import { Buffer } from 'node:buffer'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { seriousFaults, startFrame, type Frame } from '../frame/kit'
import { composer, drop } from './kit'

let frame: Frame
beforeAll(async () => {
  frame = await startFrame()
})
afterAll(() => frame.close())

interface Listed {
  prompt: string
  batchId: string | null
  id: string
}

async function jobs(): Promise<Listed[]> {
  const { body } = await frame.studio.api('GET', '/jobs?limit=200')
  return body['jobs'] as Listed[]
}

async function open() {
  const page = await frame.open()
  await composer(page)
    .chip(/^Ratio/)
    .waitFor()
  return { page, dialog: page.getByRole('dialog', { name: 'Batch' }) }
}

const table = (text: string) => ({ name: 'shots.csv', type: 'text/csv', bytes: Buffer.from(text) })

describe('a batch', () => {
  it('of typed lines would make other videos than its list shows, or lose a line that was left out', async () => {
    const { page, dialog } = await open()
    await composer(page).chip('Batch').click()
    await dialog.getByRole('textbox', { name: 'Prompts' }).fill('A boat\n\nA car\nA kite')
    await dialog.getByRole('switch', { name: 'One video for each seed' }).click()
    await dialog.getByText('3 prompts').or(dialog.getByRole('listitem').nth(2)).first().waitFor()
    await dialog.getByRole('button', { name: 'Leave out number 2' }).click()
    await dialog.getByRole('button', { name: 'Take 1 back in' }).waitFor()
    const generate = dialog.getByRole('button', { name: 'Generate 8 videos' })
    await expect.poll(() => generate.isEnabled()).toBe(true)
    // Once more where colours are still on their way from what could not be pressed.
    await expect.poll(() => seriousFaults(page)).toEqual([])
    await generate.click()
    await dialog.waitFor({ state: 'detached' })
    const made = (await jobs()).slice(0, 8)
    expect(made.filter(({ prompt }) => prompt === 'A boat')).toHaveLength(4)
    expect(made.filter(({ prompt }) => prompt === 'A kite')).toHaveLength(4)
    expect(new Set(made.map(({ batchId }) => batchId)).size).toBe(1)
    await page.context().close()
  })

  it('of a dropped table would send a row that its model refuses, or lose what stands in it', async () => {
    const { page, dialog } = await open()
    const before = (await jobs()).length
    await drop(page, [table('prompt,duration,mood\nFog,3,calm\nRain,77,calm\n')], 'prompts')
    await dialog.getByText('shots.csv').waitFor()
    await dialog.getByText('Columns that no chosen model knows are left aside: mood').waitFor()
    await dialog.getByText(/does not take “77” as Duration/).waitFor()
    expect(await dialog.getByRole('button', { name: 'Generate 2 videos' }).isEnabled()).toBe(false)
    // Closed and opened again it is still there.
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'detached' })
    await page.keyboard.press('Control+Shift+b')
    await dialog.getByText('shots.csv').waitFor()
    await dialog.getByRole('button', { name: 'Leave out number 2' }).click()
    await dialog.getByRole('button', { name: 'Generate 1 video' }).click()
    await dialog.waitFor({ state: 'detached' })
    const [first] = await jobs()
    expect((await jobs()).length).toBe(before + 1)
    const { body } = await frame.studio.api('GET', `/jobs/${first?.id ?? ''}`)
    expect(body).toMatchObject({ prompt: 'Fog', params: { duration: 3 } })
    await page.context().close()
  })

  it('of a file without prompts would be empty without saying why', async () => {
    const { page, dialog } = await open()
    await drop(page, [table('who,when\nme,now\n')], 'prompts')
    await dialog.getByText('shots.csv has no column called “prompt”. Its columns: who, when').waitFor()
    expect(await dialog.getByRole('button', { name: /^Generate/ }).isEnabled()).toBe(false)
    await page.context().close()
  })
})
