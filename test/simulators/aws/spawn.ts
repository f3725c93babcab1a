import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { bundle } from '../../support/bundle'
import type { AwsChildConfig, AwsChildReady } from './child'
import type { AwsState, ControlCommand } from './control'

export type SpawnAwsOptions = AwsChildConfig

/** The simulators in another process. */
export interface AwsProcess extends Pick<AwsState, 'region' | 'urls' | 'bucket' | 'credential'> {
  /** What was asked, accepted and written so far. */
  state(): Promise<AwsState>
  /** Changes how they behave from now on. */
  command(command: ControlCommand): Promise<AwsState>
  close(): Promise<void>
}

/**
 * Starts the simulators as a process of their own, so that they outlive a program that is killed. `file` is a bundle of
 * `child.ts` that is there already; without it one is made, which needs the sources around this file.
 */
export async function spawnAws(options: SpawnAwsOptions = {}, file?: string): Promise<AwsProcess> {
  const program = file
    ? { file, remove: () => undefined }
    : await bundle(join(import.meta.dirname, 'child.ts'))
  const child = spawn(process.execPath, [program.file, JSON.stringify(options)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const gone = once(child, 'exit')
  const lines = createInterface({ input: child.stdout })
  const first = await Promise.race([
    once(lines, 'line').then(([line]) => String(line)),
    gone.then(() => null),
  ])
  if (first === null) {
    program.remove()
    throw new Error('the simulators did not start')
  }
  const { control } = JSON.parse(first) as AwsChildReady
  const ask = async (path: string, init?: RequestInit): Promise<AwsState> => {
    const response = await fetch(control + path, init)
    if (!response.ok) throw new Error(await response.text())
    return (await response.json()) as AwsState
  }
  const { region, urls, bucket, credential } = await ask('/control/state')
  return {
    region,
    urls,
    bucket,
    credential,
    state: () => ask('/control/state'),
    command: (command) => ask('/control', { method: 'POST', body: JSON.stringify(command) }),
    async close() {
      child.stdin.end()
      await gone
      program.remove()
    },
  }
}
