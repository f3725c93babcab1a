import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import type { BenchRow } from './support/row'

/** The page's first JavaScript, compressed. */
export function pageBench(): BenchRow[] {
  const script = join(process.cwd(), 'scripts', 'size.mjs')
  const said = execFileSync(process.execPath, [script], { encoding: 'utf8' })
  const size = Number(/([\d.]+) kB of/.exec(said)?.[1] ?? Number.NaN)
  return [
    {
      name: "the page's first JavaScript, compressed",
      measured: `${size.toFixed(1)} kB`,
      target: 'under 200 kB',
      ok: size < 200,
    },
  ]
}
