import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createCaller } from './calls'
import { createDice, seedOfRun } from './dice'
import { drive, granted, throughClient } from './drive'
import { driveFrames, makeFrame, type Wire } from './frames'
import { furnish } from './house'
import { allProcedures } from './procedures'
import { startFuzzed } from './shell'
import { watchProcess } from './watch'

const seed = seedOfRun()

test(
  `7,500 calls and 500 raw messages over the WebSocket break nothing (seed ${seed})`,
  { timeout: 240_000 },
  async () => {
    const watch = watchProcess()
    const shell = await startFuzzed()
    const { client, socket } = await shell.connect()
    const refurnish = () => furnish(client, join(shell.folder, 'videos'))
    const forms = await refurnish()
    const caller = createCaller(allProcedures(), createDice(seed), forms, shell.folder)
    const report = await drive({ caller, count: 7_500, perform: throughClient(client, caller), refurnish })
    expect(report.faults).toEqual([])
    expect(granted(report)).toBeGreaterThan(0.75)
    const dice = createDice(seed)
    const wire: Wire = {
      send: (data) => socket.send(data),
      listen(hear) {
        const listener = (data: Buffer) => hear(data.toString())
        socket.on('message', listener)
        return () => socket.off('message', listener)
      },
    }
    const frames = Array.from({ length: 500 }, (_, at) => makeFrame(dice, allProcedures(), `raw-${at}`))
    expect(await driveFrames(wire, frames, () => client.studio.info())).toEqual([])
    expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('polluted')
    expect(watch).toEqual({ foreign: [], loose: [] })
  },
)
