import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { onTestFinished } from 'vitest'
import type { JobState } from '../../../../src/shared/contract'
import type { ChildConfig, Command, Said } from '../../../simulators/fake/child'

/** The engine in another process. */
export interface Child {
  send(command: Command): void
  /** Waits for a line that fits, among those said already too. */
  heard<T extends Said>(fits: (said: Said) => said is T): Promise<T>
  /** The last state told of each job. */
  states(): Map<string, JobState>
  /** Jobs that completed, in the order in which they did. */
  ended(): string[]
  /** Resolves when each of these jobs is in one of the states. */
  reach(ids: readonly string[], states: readonly JobState[]): Promise<void>
  /** SIGKILL, and waits until it is gone. */
  kill(): Promise<void>
  /** Closes its input and answers its exit code. */
  stop(): Promise<number | null>
}

/** Starts a bundle of `child.ts`. */
export function startChild(file: string, config: ChildConfig): Child {
  const child = spawn(process.execPath, [file, JSON.stringify(config)], { stdio: ['pipe', 'pipe', 'pipe'] })
  const gone = once(child, 'exit')
  const said: Said[] = []
  const waiting = new Set<() => void>()
  let complaint = ''
  const wake = () => {
    for (const look of waiting) look()
  }
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()))
  // Written to in the moment of its death: that is what the test is about.
  child.stdin.on('error', () => undefined)
  createInterface({ input: child.stdout }).on('line', (line) => {
    said.push(JSON.parse(line) as Said)
    wake()
  })
  child.on('exit', wake)
  onTestFinished(() => void child.kill('SIGKILL'))

  /** Resolves with what `look` finds; rejects when the process ends before it finds something. */
  function when<T>(look: () => T | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const attempt = () => {
        const found = look()
        const over = child.exitCode !== null || child.signalCode !== null
        if (found === undefined && !over) return
        waiting.delete(attempt)
        if (found === undefined) reject(new Error(`The process ended too soon: ${complaint}`))
        else resolve(found)
      }
      waiting.add(attempt)
      attempt()
    })
  }

  const states = () => new Map(said.flatMap((one) => ('state' in one ? [[one.id, one.state] as const] : [])))
  return {
    send: (command) => void child.stdin.write(`${JSON.stringify(command)}\n`),
    heard: (fits) => when(() => said.find(fits)),
    states,
    ended: () => [
      ...new Set(said.flatMap((one) => ('state' in one && one.state === 'completed' ? [one.id] : []))),
    ],
    async reach(ids, wanted) {
      await when(() => {
        const now = states()
        return ids.every((id) => wanted.some((state) => state === now.get(id))) ? true : undefined
      })
    },
    async kill() {
      child.kill('SIGKILL')
      if (child.exitCode === null && child.signalCode === null) await gone
    },
    async stop() {
      child.stdin.end()
      if (child.exitCode === null && child.signalCode === null) await gone
      return child.exitCode
    },
  }
}
