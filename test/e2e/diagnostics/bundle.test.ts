import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, it, onTestFinished } from 'vitest'
import { startAws } from '../../simulators/aws'
import { awsSettings } from '../../support/awsHome'
import { launchChromium } from '../../support/chromium'
import { tempFolder } from '../../support/folder'
import { Places } from '../../support/leaks'
import { startStudio } from '../../support/studio'
import { unzip } from '../../support/unzip'

/** Nothing else in the world reads like these. */
const secrets = {
  accessKeyId: 'ASIALEAKPLANTED00001',
  secretAccessKey: 'leak+Planted/Secret/Access+Key/0000000=1',
  sessionToken: 'FwoGLeakPlantedSessionToken//////////wEaDPlanted+Tail/2026==',
}
const words = {
  prompt: 'A heron of supportmarker "at dawn" over 山水',
  draft: 'A draftmarker nobody has sent yet, of a fox',
  label: 'Labelmarker of the agency account',
}
const person = 'anna-supportperson'

async function open(page: Page, ...ticked: RegExp[]): Promise<Map<string, Buffer>> {
  await page.getByRole('button', { name: 'Look inside and save' }).click()
  const list = page.getByRole('list', { name: 'What is inside' })
  for (const name of ticked) {
    await list.waitFor()
    await page.getByRole('checkbox', { name }).click()
  }
  await list.waitFor()
  const shown = await list.getByRole('listitem').locator('span:first-child').allTextContents()
  const coming = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  const files = unzip(readFileSync(await (await coming).path()))
  // What was shown is what was written.
  expect([...files.keys()]).toEqual(shown)
  return files
}

function search(files: Map<string, Buffer>): Places {
  const places = new Places()
  for (const [name, bytes] of files) places.add(name, bytes)
  return places
}

it(
  'hands out a secret, a prompt, a label or a name in a support bundle or in what is copied, unless it was ticked',
  { timeout: 120_000 },
  async () => {
    const home = join(tempFolder(), person)
    const dataDir = join(home, '.local', 'share', 'Dailies')
    mkdirSync(join(dataDir, 'logs'), { recursive: true })
    mkdirSync(join(dataDir, 'crashes', 'completed'), { recursive: true })
    writeFileSync(join(dataDir, 'crashes', 'completed', 'one.dmp'), `MDMP ${secrets.sessionToken} of a crash`)
    const aws = await startAws({ credentials: [secrets], jobMs: 100 })
    onTestFinished(() => aws.close())
    const studio = await startStudio({
      dataDir,
      library: join(home, 'Videos', 'Dailies'),
      env: { HOME: home, DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(home, 'none')}` },
    })
    onTestFinished(() => studio.kill())

    // A service that repeats all it was sent; whatever it says is kept with the job, and some of it logged.
    const echo = `Refused ${secrets.accessKeyId} with ${secrets.secretAccessKey} for "${words.prompt}"`
    const added = await studio.api('POST', '/connections', {
      provider: 'luma-ray2',
      label: words.label,
      keep: 'session',
      settings: { ...awsSettings(aws), signIn: 'keys' },
      secrets,
    })
    expect(added.status, JSON.stringify(added.body)).toBe(201)
    aws.faults.add('StartAsyncInvoke', {
      kind: 'error',
      status: 400,
      code: 'ValidationException',
      message: echo,
    })
    const made = await studio.api('POST', '/jobs', {
      model: 'luma-ray2',
      prompt: words.prompt,
      connectionId: added.body['id'],
    })
    expect(made.status, JSON.stringify(made.body)).toBe(201)
    const states = async () =>
      ((await studio.api('GET', '/jobs')).body['jobs'] as { state: string }[]).map(({ state }) => state)
    await expect.poll(states, { timeout: 20_000 }).toEqual(['failed'])
    const line = {
      level: 50,
      msg: 'planted',
      err: { message: `${words.prompt} at ${home}/x?token=${secrets.sessionToken}` },
    }
    appendFileSync(
      join(dataDir, 'logs', 'dailies.log'),
      `${JSON.stringify(line)}\nnot JSON: ${words.prompt} ${words.label}\n`,
    )

    const browser = await launchChromium()
    onTestFinished(() => browser.close())
    const context = await browser.newContext({
      locale: 'en-GB',
      permissions: ['clipboard-read', 'clipboard-write'],
    })
    const page = await context.newPage()
    await page.goto(studio.address)
    await page
      .getByRole('textbox', { name: /prompt/i })
      .first()
      .fill(words.draft)
    await page.evaluate(() => {
      setTimeout(() => {
        throw new Error('pagemarker: a mistake of the page')
      })
    })
    await page.getByRole('navigation').getByRole('button', { name: 'Settings' }).click()
    await page.getByRole('button', { name: 'Copy diagnostics' }).click()
    await page.getByText('Copied').waitFor()
    const copied = await page.evaluate(() => navigator.clipboard.readText())
    const plain = await open(page)
    const withPrompts = await open(page, /Include prompts/)
    const withRecords = await open(page, /Include requests/)
    const withAll = await open(page, /Include prompts/, /Include requests/, /crash dump/)

    for (const [name, files] of Object.entries({ plain, withPrompts, withRecords, withAll })) {
      const dumpless = new Map([...files].filter(([file]) => !file.endsWith('.dmp')))
      const places = search(dumpless)
      places.add('copied', copied)
      for (const hidden of [...Object.values(secrets), person])
        expect(places.find(hidden), `${name}: ${hidden}`).toEqual([])
    }
    for (const files of [plain, withRecords]) {
      const places = search(files)
      places.add('copied', copied)
      for (const word of Object.values(words)) expect(places.find(word), word).toEqual([])
      for (const mark of ['supportmarker', 'draftmarker', 'Labelmarker'])
        expect(places.find(mark), mark).toEqual([])
    }

    // The control: it is all there, and comes along when it is wanted.
    expect(search(withPrompts).find('supportmarker')).toEqual(
      expect.arrayContaining(['jobs.json: plain', 'logs/dailies.log: plain']),
    )
    expect(search(withAll).find('supportmarker')).toContain('records.json: plain')
    expect([...plain.keys()]).toEqual(['diagnostics.txt', 'settings.json', 'jobs.json', 'logs/dailies.log'])
    expect([...withRecords.keys()]).toContain('records.json')
    expect(withAll.get('crashes/one.dmp')?.toString()).toContain('of a crash')
    expect(plain.get('logs/dailies.log')?.toString()).toContain('pagemarker')
    expect(plain.get('jobs.json')?.toString()).toMatch(/"kind": "failed"/)
    expect(copied).toMatch(/version \d.*browser shell/)
    expect(copied).toMatch(/luma-ray2, on, 3 secrets \(session, session, session\)/)
    expect(copied).toContain('~/.local/share/Dailies')
    expect(copied).toContain('failed: 1')
    expect(copied).toMatch(/one\.dmp/)
    expect(copied).toMatch(/planted ×1/)
  },
)
