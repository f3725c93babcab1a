import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const entry = join(process.cwd(), 'out', 'main', 'browser.js')

/** The built studio in the browser shell, as a process of its own. */
export interface RunningStudio {
  /** The printed address, token and all. */
  address: string
  /** Without the token: `http://127.0.0.1:N`. */
  origin: string
  token: string
  child: ChildProcess
  /** Calls the local API; answers status and parsed body. */
  api(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; body: Record<string, unknown> }>
  /** SIGTERM; answers the exit code. */
  stop(): Promise<number | null>
  /** SIGKILL, and waits until the process is gone. */
  kill(): Promise<void>
}

/** Starts the built studio on its own folders and waits for the line that tells its address. */
export async function startStudio(options: {
  dataDir: string
  library: string
  env?: Record<string, string>
  /** More of its command line. */
  args?: readonly string[]
  /** Hears all that it writes to its terminal, from the first byte on. */
  heard?: (stream: 'standard output' | 'standard error', chunk: Buffer) => void
}): Promise<RunningStudio> {
  const child = spawn(
    process.execPath,
    [
      entry,
      '--no-open',
      '--data-dir',
      options.dataDir,
      '--library',
      options.library,
      ...(options.args ?? []),
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...options.env } },
  )
  let complaints = ''
  child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()))
  child.stdout.on('data', (chunk: Buffer) => options.heard?.('standard output', chunk))
  child.stderr.on('data', (chunk: Buffer) => options.heard?.('standard error', chunk))
  const gone = once(child, 'exit')
  const lines = createInterface({ input: child.stdout })
  const first = await Promise.race([
    once(lines, 'line').then((args) => String(args[0])),
    gone.then(() => {
      throw new Error(`The studio ended before it told its address: ${complaints}`)
    }),
  ])
  const address = /^Dailies is at (\S+)$/.exec(first)?.[1]
  if (!address) throw new Error(`Unexpected first line: ${first}`)
  const url = new URL(address)
  const token = url.searchParams.get('token') ?? ''

  return {
    address,
    origin: url.origin,
    token,
    child,
    async api(method, path, body) {
      const answer = await fetch(`${url.origin}/api${path}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body === undefined || body instanceof Uint8Array ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined
          ? {}
          : { body: body instanceof Uint8Array ? new Uint8Array(body) : JSON.stringify(body) }),
      })
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
    },
    async stop() {
      child.kill('SIGTERM')
      if (child.exitCode === null && child.signalCode === null) await gone
      return child.exitCode
    },
    async kill() {
      child.kill('SIGKILL')
      if (child.exitCode === null && child.signalCode === null) await gone
    },
  }
}
