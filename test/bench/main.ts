import { fork } from 'node:child_process'
import { once } from 'node:events'
import { answerBench } from './answer'
import { downloadBench } from './download'
import { historyBench } from './history'
import { jobsBench } from './jobs'
import { pageBench } from './page'
import { recoveryBench } from './recovery'
import { scrollBench } from './scroll'
import { startupBench } from './startup'
import type { BenchRow } from './support/row'
import { wordsBench } from './words'

const benches: Record<string, () => BenchRow[] | Promise<BenchRow[]>> = {
  history: historyBench,
  jobs: jobsBench,
  recovery: recoveryBench,
  download: downloadBench,
  answer: answerBench,
  startup: startupBench,
  scroll: scrollBench,
  page: pageBench,
  words: wordsBench,
}

/** Runs one bench in a process of its own, so that none is measured in the heap that another left. */
async function apart(name: string): Promise<BenchRow[]> {
  const child = fork(import.meta.filename, [name])
  let rows: BenchRow[] | null = null
  child.once('message', (message) => {
    rows = message as BenchRow[]
  })
  await once(child, 'exit')
  if (!rows) throw new Error(`The bench “${name}” ended without a figure.`)
  return rows
}

if (process.send) {
  process.once('disconnect', () => process.exit(1))
  const bench = benches[process.argv[2] ?? '']
  process.send(await bench?.(), () => process.exit())
  await new Promise(() => undefined)
}

const wanted = process.argv.slice(2)
const rows: BenchRow[] = []
for (const name of Object.keys(benches)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  console.error(`Measuring: ${name} …`)
  rows.push(...(await apart(name)))
}

const width = (pick: (row: BenchRow) => string) => Math.max(...rows.map((row) => pick(row).length))
const [first, second] = [width((row) => row.name), width((row) => row.measured)]
for (const row of rows) {
  console.log(
    `${row.ok ? 'ok  ' : 'OVER'}  ${row.name.padEnd(first)}  ${row.measured.padEnd(second)}  ${row.target}`,
  )
}
process.exitCode = rows.every((row) => row.ok) ? 0 : 1
