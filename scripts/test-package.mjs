// npm run test:package: packs the variant of Dailies that Playwright can drive, and plays the scenes of test/electron in it.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { requireNode24 } from './lib/node.mjs'
import { packedProgram } from '../packaging/packed.ts'
import { run } from './lib/run.mjs'

requireNode24()
const root = join(import.meta.dirname, '..')
process.chdir(root)
// Beside the packages that people get, so that it is never taken for one.
const output = join(root, 'dist', 'for-tests')

rmSync(output, { recursive: true, force: true })
const pack = [join(root, 'scripts', 'package.mjs'), '--for-tests', '--dir', `-c.directories.output=${output}`]
const packed = await run(process.execPath, pack, { shell: false })
if (packed !== 0) process.exit(packed)
const env = { ...process.env, DAILIES_PACKED: packedProgram(output, process.platform) }
console.log(`Testing ${env.DAILIES_PACKED}`)
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
process.exit(await run(process.execPath, [vitest, 'run', '--project', 'electron'], { env, shell: false }))
