import { tmpdir } from 'node:os'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { trayHostPath } from '../../support/trayHost'
import { startDouble, type Double } from '../double'
import { borrowPort } from '../scenes/portClient'

let folder: string
let double: Double

/** Starts the program on the same folders; `shows` is whether the desktop shows signs in a tray. */
async function start(shows: boolean, ...args: string[]): Promise<void> {
  double = await startDouble({
    dataDir: join(folder, 'data'),
    library: join(folder, 'library'),
    args,
    env: { PATH: trayHostPath(folder, shows) },
  })
}
const shown = async () => (await double.do('windows'))[0]

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'dailies-test-'))
  await start(false, '--minimized')
})
afterAll(async () => {
  await double.kill()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
})

describe.runIf(process.platform === 'linux')('a window that is out of the way', () => {
  it('from the start would be in front, or nowhere to be found', async () => {
    await expect.poll(shown).toMatchObject({ minimized: true, focused: false })
    expect(await double.startAgain()).toBe(0)
    await expect.poll(shown).toMatchObject({ visible: true, minimized: false, focused: true })
  })

  it('would be lost on a desktop that takes the sign in the tray and shows it to nobody', async () => {
    const page = await double.page()
    const { client, back } = await borrowPort(page)
    await client.settings.set({ tray: true })
    await back()
    expect((await double.recorded()).tray).toMatchObject([{ destroyed: false }])
    await double.do('closeWindow')
    await expect.poll(shown).toMatchObject({ visible: true, minimized: true })
    expect(await double.startAgain()).toBe(0)
    await expect.poll(shown).toMatchObject({ minimized: false, focused: true })
    await double.stop()
    await start(false, '--minimized')
    await expect.poll(shown).toMatchObject({ minimized: true })
    await double.stop()
  })

  it('would be in the way where the tray has it', async () => {
    await start(true, '--minimized')
    await (await double.page()).locator('nav').waitFor()
    expect(await shown()).toMatchObject({ visible: false, minimized: false })
    await double.do('clickTray')
    await expect.poll(shown).toMatchObject({ visible: true, focused: true })
    await double.do('closeWindow')
    await expect.poll(shown).toMatchObject({ visible: false, minimized: false })
    expect(await double.startAgain()).toBe(0)
    await expect.poll(shown).toMatchObject({ visible: true, focused: true })
    expect(await double.stop()).toBe(0)
  })
})
