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

const wanted = process.argv.slice(2)
const rows: BenchRow[] = []
for (const [name, bench] of Object.entries(benches)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  console.error(`Measuring: ${name} …`)
  rows.push(...(await bench()))
}

const width = (pick: (row: BenchRow) => string) => Math.max(...rows.map((row) => pick(row).length))
const [first, second] = [width((row) => row.name), width((row) => row.measured)]
for (const row of rows) {
  console.log(
    `${row.ok ? 'ok  ' : 'OVER'}  ${row.name.padEnd(first)}  ${row.measured.padEnd(second)}  ${row.target}`,
  )
}
process.exitCode = rows.every((row) => row.ok) ? 0 : 1
