import { join } from 'node:path'
import { createRouterClient } from '@orpc/server'
import { expect, test } from 'vitest'
import { createCaller } from './calls'
import { createDice, seedOfRun } from './dice'
import { drive, granted } from './drive'
import { furnish } from './house'
import { faultOfRaw, rawRequest, throughApi } from './http'
import { allProcedures } from './procedures'
import { startFuzzed } from './shell'
import { watchProcess } from './watch'

const seed = seedOfRun() + 2

test(
  `5,000 calls and 1,000 raw requests to the local API break nothing (seed ${seed})`,
  { timeout: 240_000 },
  async () => {
    const watch = watchProcess()
    const shell = await startFuzzed()
    const client = createRouterClient(shell.studio.router)
    const refurnish = () => furnish(client, join(shell.folder, 'videos'))
    const routed = allProcedures().filter(({ route }) => route !== null)
    const dice = createDice(seed)
    const caller = createCaller(routed, dice, await refurnish(), shell.folder)
    const perform = throughApi(shell, caller.memory)
    const report = await drive({ caller, count: 5_000, perform, refurnish })
    expect(report.faults).toEqual([])
    expect(granted(report)).toBeGreaterThan(0.75)

    const faults: string[] = []
    for (let at = 0; at < 1_000; at += 1) {
      const text = rawRequest(dice, shell)
      const fault = await faultOfRaw(text, shell)
      if (fault) faults.push(`${text.slice(0, 400)}: ${fault}`)
    }
    expect(faults).toEqual([])
    expect((await client.studio.info()).version).toBe('1.2.3')
    expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('polluted')
    expect(watch).toEqual({ foreign: [], loose: [] })
  },
)
