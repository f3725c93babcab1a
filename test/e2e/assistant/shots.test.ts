import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { drop } from '../composer/kit'
import { seriousFaults } from '../frame/kit'
import { assistant, startDesk, type Desk } from './kit'

let desk: Desk
beforeAll(async () => {
  desk = await startDesk()
})
afterAll(() => desk.close())

const list = (prompts: string[]) =>
  JSON.stringify({
    shots: prompts.map((prompt, at) => ({
      number: at + 1,
      prompt,
      seconds: at + 2,
      ratio: '16:9',
      notes: '',
    })),
  })

interface Listed {
  prompt: string
  batchId: string | null
}

describe('shots of a brief', () => {
  it('would lose a dropped brief, the order it was given, or make other videos than the table shows', async () => {
    const page = await desk.open()
    const { panel, button } = assistant(page)
    const brief = {
      name: 'salt.md',
      type: 'text/markdown',
      bytes: Buffer.from('# Salt\n\nA film about salt.'),
    }
    await drop(page, [brief], 'brief')
    await panel.getByText('Brief from salt.md').waitFor()
    desk.aws.claude.script({ words: list(['Fog', 'Rain', 'Sun']).split(/(?<=})/) })
    await button('Make a list of shots').click()
    const promptOf = (number: number) => panel.getByRole('textbox', { name: `Prompt of shot ${number}` })
    await expect.poll(() => promptOf(3).inputValue()).toBe('Sun')
    expect(await seriousFaults(page)).toEqual([])
    await button('Shot 3 of 3: move').press('ArrowUp')
    await panel.getByText('Now 2 of 3').waitFor()
    await expect.poll(() => promptOf(2).inputValue()).toBe('Sun')
    await panel.getByRole('textbox', { name: 'Seconds of shot 1' }).fill('77')
    await panel.getByText(/does not take “77” as Duration/).waitFor()
    expect(await button('Generate 3 videos').isEnabled()).toBe(false)
    await panel.getByRole('textbox', { name: 'Seconds of shot 1' }).fill('2')
    await button('Remove shot 3').click()
    await button('Generate 2 videos').click()
    await panel.getByText('2 videos are on their way').waitFor()
    const { body } = await desk.studio.api('GET', '/jobs?limit=10')
    const jobs = body['jobs'] as Listed[]
    expect(jobs.map(({ prompt }) => prompt).toSorted()).toEqual(['Fog', 'Sun'])
    expect(new Set(jobs.map(({ batchId }) => batchId)).size).toBe(1)
    await page.context().close()
  })

  it('would wait to the end of a list that is not wanted any more, and lose the shots that came', async () => {
    const page = await desk.open()
    const { panel, button } = assistant(page)
    await panel.getByRole('textbox', { name: 'Brief' }).first().fill('A film about rain.')
    const whole = list(['One', 'Two', 'Three', 'Four'])
    desk.aws.claude.script({ words: whole.split(/(?<=},)/), breaks: { after: 2, kind: 'silence' } })
    await button('Make the list again').click()
    await panel.getByText('2 shots so far').waitFor()
    await button(/^Stop/).click()
    await panel.getByText('Stopped. Shots that had come whole are below.').waitFor()
    await expect.poll(() => panel.getByRole('textbox', { name: 'Prompt of shot 2' }).inputValue()).toBe('Two')
    await page.context().close()
  })
})
