// npm run check: the whole gate. `--no-test` leaves the tests out, for when they have just run.
import { join } from 'node:path'
import { requireNode24 } from './lib/node.mjs'
import { run, tool } from './lib/run.mjs'

requireNode24()
process.chdir(join(import.meta.dirname, '..'))

const node = process.execPath
const steps = [
  { name: 'types', command: tool('tsc'), args: ['--noEmit', '-p', '.'] },
  {
    name: 'lint',
    command: tool('oxlint'),
    args: ['--type-aware', '--deny-warnings', 'src', 'test', 'scripts', 'packaging'],
  },
  { name: 'format', command: tool('oxfmt'), args: ['--check'] },
  process.argv.includes('--no-test')
    ? { name: 'build', command: tool('electron-vite'), args: ['build', '--logLevel', 'warn'] }
    : { name: 'build and tests', command: node, args: ['scripts/test.mjs'] },
  { name: 'page size', command: node, args: ['scripts/size.mjs'] },
]

const failed = []
for (const { name, command, args } of steps) {
  console.log(`— ${name}`)
  if ((await run(command, args)) !== 0) failed.push(name)
}
console.log(failed.length === 0 ? 'The gate is green.' : `The gate is red: ${failed.join(', ')}.`)
process.exit(failed.length === 0 ? 0 : 1)
