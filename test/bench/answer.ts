import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { AnswerRun } from './answerChild'
import type { BenchRow } from './support/row'

const megabytes = 150
const rounds = 5
const mostMebibytes = 64

// Built beside this program by scripts/bench.mjs.
const entry = join(import.meta.dirname, 'answer.js')

/**
 * A video inside a JSON answer to a synced file, against reading all of it, `JSON.parse` and `Buffer.from`: over HTTP
 * from a process of its own, each download in a fresh process so that its memory can be told, in turns.
 */
export async function answerBench(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'dailies-bench-answer-'))
  const server = spawn(process.execPath, [entry, 'serve', String(megabytes * 1_000_000)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const url = await firstLine(server)
    const runs: Record<'ours' | 'naive', AnswerRun[]> = { ours: [], naive: [] }
    for (let round = -1; round < rounds; round += 1) {
      for (const way of ['naive', 'ours'] as const) {
        const run = await download(way, url, join(folder, 'down'))
        rmSync(join(folder, 'down'), { recursive: true, force: true })
        // The first round warms the server and the disk.
        if (round >= 0) runs[way].push(run)
      }
    }
    return rows(runs.ours, runs.naive)
  } finally {
    server.kill()
    rmSync(folder, { recursive: true, force: true })
  }
}

function rows(ours: AnswerRun[], naive: AnswerRun[]): BenchRow[] {
  const most = Math.max(...ours.map(mebibytes))
  const [own, other] = [median(ours), median(naive)]
  const rival = 'JSON.parse and Buffer.from'
  return [
    {
      name: `${megabytes} MB video in a base64 JSON answer to disk, memory`,
      measured: `${most.toFixed(0)} MiB above idle (${rival}: ${Math.min(...naive.map(mebibytes)).toFixed(0)})`,
      target: `under ${mostMebibytes} MiB`,
      ok: most < mostMebibytes,
    },
    {
      name: `${megabytes} MB video in a base64 JSON answer to disk, time`,
      measured: `${(other / own).toFixed(2)} times as fast (${own.toFixed(0)} to ${other.toFixed(0)} ms)`,
      target: `faster than ${rival}`,
      ok: own < other,
    },
  ]
}

const mebibytes = ({ bytesAboveIdle }: AnswerRun) => bytesAboveIdle / 1024 / 1024

function median(runs: AnswerRun[]): number {
  const sorted = runs.map(({ ms }) => ms).toSorted((a, b) => a - b)
  return sorted[sorted.length >> 1] ?? Number.NaN
}

async function download(way: 'ours' | 'naive', url: string, folder: string): Promise<AnswerRun> {
  const child = spawn(process.execPath, [entry, way, url, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error(`The download ended with ${code}`)
  return JSON.parse(said) as AnswerRun
}

async function firstLine({ stdout }: ChildProcess): Promise<string> {
  if (!stdout) throw new Error('nothing is heard of the server')
  const [line] = (await once(createInterface({ input: stdout }), 'line')) as [string]
  return line
}
