// npm run check: the whole gate. `--no-test` leaves the tests out, for when they have just run.
import { join } from 'node:path'
import { requireNode24 } from './lib/node.mjs'
import { run, tool } from './lib/run.mjs'

requireNode24()
process.chdir(join(import.meta.dirname, '..'))

const steps = [
  ['types', tool('tsc'), ['--noEmit', '-p', '.']],
  ['lint', tool('oxlint'), ['--type-aware', '--deny-warnings', 'src', 'test', 'scripts']],
  ['format', tool('oxfmt'), ['--check']],
  process.argv.includes('--no-test')
    ? ['build', tool('electron-vite'), ['build', '--logLevel', 'warn']]
    : ['build and tests', process.execPath, ['scripts/test.mjs']],
  ['page size', process.execPath, ['scripts/size.mjs']],
]

const failed = []
for (const [name, command, args] of steps) {
  console.log(`— ${name}`)
  if ((await run(command, args)) !== 0) failed.push(name)
}
console.log(failed.length === 0 ? 'The gate is green.' : `The gate is red: ${failed.join(', ')}.`)
process.exit(failed.length === 0 ? 0 : 1)
