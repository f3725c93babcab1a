import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { reset, session, state } from '../desktop/electron-double'
import { runProgram } from '../desktop/program'
import { tempFolder } from '../support/folder'
import { createCaller } from './calls'
import { createDice, seedOfRun } from './dice'
import { drive, granted, throughClient } from './drive'
import { driveFrames, makeFrame, type Wire } from './frames'
import { furnish, type Client } from './house'
import { allProcedures } from './procedures'
import { watchProcess } from './watch'

vi.mock('electron', () => import('../desktop/electron-double'))
beforeEach(() => reset())

const seed = seedOfRun() + 1
/** Ends the program, so it comes last. */
const ending = 'studio.restart'

test(
  `5,500 calls and 500 raw messages over the page’s port break nothing (seed ${seed})`,
  { timeout: 240_000 },
  async () => {
    const watch = watchProcess()
    const procedures = allProcedures().filter(({ name }) => name !== ending)
    expect(procedures).toHaveLength(allProcedures().length - 1)
    const folder = tempFolder()
    // Nothing of the person's own computer: no account of theirs, and a proxy that leads nowhere.
    vi.stubEnv('HOME', join(folder, 'home'))
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true')
    onTestFinished(() => void vi.unstubAllEnvs())
    vi.spyOn(session.defaultSession, 'resolveProxy').mockResolvedValue('PROXY 127.0.0.1:9')
    state.dialogAnswer = join(folder, 'answered')
    mkdirSync(state.dialogAnswer)
    const library = join(folder, 'videos')
    const program = await runProgram(['--library', library], join(folder, 'data'))
    const port = program.port()
    const client: Client = createORPCClient(new RPCLink({ port }))
    const refurnish = () => furnish(client, library)
    const caller = createCaller(procedures, createDice(seed), await refurnish(), folder)
    const report = await drive({ caller, count: 5_500, perform: throughClient(client, caller), refurnish })
    expect(report.faults).toEqual([])
    expect(granted(report)).toBeGreaterThan(0.75)

    const dice = createDice(seed)
    const wire: Wire = {
      send: (data) => port.postMessage(data),
      listen(hear) {
        const listener = (data: unknown) => void (typeof data === 'string' && hear(data))
        port.on('message', listener)
        return () => port.off('message', listener)
      },
    }
    const frames = Array.from({ length: 500 }, (_, at) => makeFrame(dice, procedures, `raw-${at}`))
    expect(await driveFrames(wire, frames, () => client.studio.info())).toEqual([])
    // A port carries more than texts and bytes.
    for (const odd of [
      null,
      1,
      { i: '1', p: { u: '/studio/info' } },
      new Map([[1, 2]]),
      new Error('x'),
      [[]],
    ])
      port.postMessage(odd)
    expect((await client.studio.info()).version).not.toBe('')
    for (const wrong of [
      undefined,
      null,
      'true',
      { safeMode: 'x' },
      { safeMode: true, __proto__: { a: 1 }, b: 1 },
    ]) {
      await expect(client.studio.restart(wrong as never)).rejects.toMatchObject({ code: 'invalid_request' })
    }
    await client.studio.restart({ safeMode: false })
    await vi.waitFor(() => expect(state.exitCode).toBe(0), { timeout: 10_000 })
    expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('polluted')
    expect(watch).toEqual({ foreign: [], loose: [] })
  },
)
