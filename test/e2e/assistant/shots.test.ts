import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pdfOf } from '../../support/pdf'
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
    await button(/^Make (?:a|the) list/).click()
    const promptOf = (number: number) => panel.getByRole('textbox', { name: `Prompt of shot ${number}` })
    await expect.poll(() => promptOf(3).inputValue()).toBe('Sun')
    expect(await seriousFaults(page)).toEqual([])
    await button('Shot 3 of 3: move').press('ArrowUp')
    await panel.getByText('Now 2 of 3').waitFor()
    await expect.poll(() => promptOf(2).inputValue()).toBe('Sun')
    await panel.getByRole('textbox', { name: 'Seconds of shot 1' }).fill('77')
    await panel.getByText(/does not take “77” as Duration/).waitFor()
    const isWrong = (label: string) =>
      panel.getByRole('textbox', { name: label }).getAttribute('aria-invalid')
    // Where it was typed, and nowhere else.
    expect([await isWrong('Seconds of shot 1'), await isWrong('Prompt of shot 1')]).toEqual(['true', 'false'])
    expect(await button('Generate 3 videos').isEnabled()).toBe(false)
    await panel.getByRole('textbox', { name: 'Seconds of shot 1' }).fill('2')
    await button('Remove shot 3').click()
    await button('Generate 2 videos').click()
    await panel.getByText('2 on their way').waitFor()
    const { body } = await desk.studio.api('GET', '/jobs?limit=10')
    const jobs = body['jobs'] as Listed[]
    expect(jobs.map(({ prompt }) => prompt).toSorted()).toEqual(['Fog', 'Sun'])
    expect(new Set(jobs.map(({ batchId }) => batchId)).size).toBe(1)
    await page.context().close()
  })

  it('would take a brief from S3 or a PDF for another one, or not say why it cannot be read', async () => {
    const page = await desk.open()
    const { panel, button, tab } = assistant(page)
    await tab('Shots').click()
    const { aws } = desk
    await aws.store.put(aws.bucket, 'in/kite.md', Buffer.from('# A kite\n\nIt flies over the bay.'), {})
    const address = panel.getByRole('textbox', { name: 'Address of a brief in S3' })
    await address.fill(`s3://${aws.bucket}/in/kit.md`)
    await button('Read').click()
    await panel
      .getByRole('alert')
      .filter({ hasText: `s3://${aws.bucket}/in/kit.md` })
      .waitFor()
    expect(await address.inputValue()).toBe(`s3://${aws.bucket}/in/kit.md`)
    await address.fill(`s3://${aws.bucket}/in/kite.md`)
    await address.press('Enter')
    await panel.getByText('Brief from kite.md').waitFor()
    const brief = panel.getByRole('textbox', { name: 'Brief from kite.md' })
    expect(await brief.inputValue()).toBe('# A kite\n\nIt flies over the bay.')

    const pdf = {
      name: 'film.pdf',
      type: 'application/pdf',
      bytes: Buffer.from(pdfOf('A film about a kite')),
    }
    await drop(page, [pdf], 'brief')
    const read = panel.getByRole('textbox', { name: 'Brief from film.pdf' })
    await expect.poll(() => read.inputValue()).toBe('A film about a kite')
    await drop(page, [{ ...pdf, name: 'torn.pdf', bytes: Buffer.from('%PDF-1.4 torn') }], 'brief')
    await panel.getByRole('alert').filter({ hasText: 'PDF' }).waitFor()
    // What stood there is not lost for it.
    expect(await read.inputValue()).toBe('A film about a kite')
    await page.context().close()
  })

  it('would send a brief that was not shown word for word before the first time', async () => {
    await desk.studio.api('PATCH', '/settings', { assistantConsent: false })
    const page = await desk.open()
    const { panel, button, tab } = assistant(page)
    await tab('Shots').click()
    await panel.getByRole('textbox', { name: 'Brief' }).first().fill('A film about snow.')
    const before = desk.aws.claude.answered.length
    await button(/^Make the list/).click()
    await panel.getByText('This request, word for word').waitFor()
    const shown = (await panel.textContent()) ?? ''
    expect(shown).toContain('A film about snow.')
    expect(shown).toContain('Answer with one JSON object')
    expect(desk.aws.claude.answered).toHaveLength(before)
    desk.aws.claude.script({ words: [list(['Snow'])] })
    await button('Agree and send').click()
    const first = panel.getByRole('textbox', { name: 'Prompt of shot 1' })
    await expect.poll(() => first.inputValue()).toBe('Snow')
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
