import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, describe, expect, it } from 'vitest'
import { startAws, type AwsSimulator } from '../../simulators/aws'
import { awsSettings } from '../../support/awsHome'
import { expectSound, partsIn, videosIn } from '../../support/sound'
import type { Launch } from '../driver'
import { borrowPort, type Client } from './portClient'
import { setStage } from './stage'

/** A machine without a fast encoder needs so long for a long animatic: milliseconds. */
const slowest = 90_000

/** Quitting in the middle of what a program cannot simply leave: a rendering, a download, a submit without an answer. */
export function leavingScenes(launch: Launch): void {
  let aws: AwsSimulator
  const stage = setStage(launch, async () => {
    aws = await startAws({ jobMs: 0 })
    const { accessKeyId, secretAccessKey } = aws.credential
    return {
      env: { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_PROFILE: '' },
    }
  })
  afterAll(() => aws.close())

  const driver = () => stage.driver()
  const videos = () => videosIn(stage.library())

  async function ask(job: Parameters<Client['jobs']['create']>[0]): Promise<string> {
    const { client, back } = await borrowPort(await driver().page())
    const { jobs } = await client.jobs.create(job)
    await back()
    return jobs[0]?.id ?? ''
  }

  async function askLuma(prompt: string): Promise<string> {
    const { client, back } = await borrowPort(await driver().page())
    const { connections } = await client.connections.list()
    const account =
      connections.find(({ provider }) => provider === 'luma-ray2') ??
      (await client.connections.create({
        provider: 'luma-ray2',
        label: 'Simulated',
        settings: { ...awsSettings(aws), signIn: 'default', transport: 'http' },
        secrets: {},
      }))
    await back()
    return ask({
      model: 'luma-ray2',
      connectionId: account.id,
      prompt,
      params: { duration: '5s', resolution: '540p' },
      approved: { micros: 1_000_000_000, currency: 'USD' },
    })
  }

  /** Reads the history beside the program. */
  function read<T>(query: string, ...values: string[]): T[] {
    const db = new Database(join(stage.dataDir(), 'history.db'), { readonly: true })
    try {
      return db.prepare<string[], T>(query).all(...values)
    } finally {
      db.close()
    }
  }
  const stateOf = (id: string) =>
    read<{ state: string }>('SELECT state FROM job WHERE id = ?', id).map(({ state }) => state)
  /** How often a job came to this state. */
  const times = (id: string, state: string) =>
    read(
      `SELECT 1 FROM job_event WHERE job_seq = (SELECT seq FROM job WHERE id = ?) AND to_state = ?
       AND from_state IS NOT to_state`,
      id,
      state,
    ).length

  /** Quits as a person does who is asked, hesitates, and then means it. */
  async function quitAllTheSame(): Promise<void> {
    const questions = async () => (await driver().recorded()).dialogs.length
    const before = await questions()
    await driver().do('answerDialog', { button: 1 })
    await driver().do('quit')
    await expect.poll(questions).toBe(before + 1)
    await driver().do('answerDialog', { button: 0 })
    await driver().do('quit')
    expect(await driver().ended).toBe(0)
  }

  /** What is done is done once, whole, and leaves nothing lying about. */
  async function expectDone(id: string, count: number): Promise<void> {
    await expect.poll(() => stateOf(id), { timeout: slowest }).toEqual(['completed'])
    expect(times(id, 'completed')).toBe(1)
    expect(videos()).toHaveLength(count)
    expect(partsIn(stage.library())).toEqual([])
    expectSound(stage.dataDir(), stage.library())
    await expect.poll(() => leftIn('spool')).toEqual([])
    expect(leftIn('held')).toEqual([])
  }
  const leftIn = (name: string) => {
    const folder = join(stage.dataDir(), name)
    return existsSync(folder) ? readdirSync(folder) : []
  }

  describe('quitting in the middle', () => {
    it('an animatic that is being rendered would be lost, made twice or leave its halves behind', async () => {
      const params = { duration: 10, resolution: '720p', ratio: '16:9', seed: 1 }
      const id = await ask({ model: 'animatic', prompt: 'A ferry in the fog', params })
      const page = await driver().page()
      const card = page.getByRole('gridcell', { name: /A ferry in the fog/ })
      await expect.poll(() => card.innerText()).toMatch(/[1-9]\s*%/)
      await quitAllTheSame()
      expect(stateOf(id)).toEqual(['processing'])
      expect([videos(), partsIn(stage.library()), leftIn('spool')]).toEqual([[], [], []])
      await stage.restart()
      await expectDone(id, 1)
    }, 120_000)

    it('a download would fall asleep, begin anew under another name, or leave half a video', async () => {
      aws.faults.always('GetObject', { kind: 'slow', chunk: 512, everyMs: 200 })
      const id = await askLuma('A harbour at night')
      await expect.poll(() => partsIn(stage.library()), { timeout: 30_000 }).toHaveLength(1)
      const [part = ''] = partsIn(stage.library())
      await expect.poll(async () => (await driver().recorded()).awake).toEqual(['prevent-app-suspension'])
      await quitAllTheSame()
      expect(stateOf(id)).toEqual(['downloading'])
      expect(videos()).toHaveLength(1)
      expectSound(stage.dataDir(), stage.library())
      aws.faults.always('GetObject', null)
      await stage.restart()
      await expectDone(id, 2)
      await expect.poll(async () => (await driver().recorded()).awake).toEqual([])
      expect(videos().map((name) => `${name}.part`)).toContain(part)
      expect(aws.billable()).toBe(1)
    })

    it('a submit that nobody answered would be sent a second time', async () => {
      const hold = aws.faults.hold('StartAsyncInvoke', 'after')
      const [id] = await Promise.all([askLuma('A storm over the pier'), hold.reached])
      await quitAllTheSame()
      hold.release()
      expect(stateOf(id)).toEqual(['submitting'])
      await stage.restart()
      await expectDone(id, 3)
      expect(aws.billable()).toBe(2)
      expect(aws.requests('StartAsyncInvoke')).toHaveLength(2)
      // Nothing is under way any more, so nobody is asked.
      await driver().do('quit')
      expect(await driver().ended).toBe(0)
    })
  })
}
