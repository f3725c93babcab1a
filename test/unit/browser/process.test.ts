import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { tempFolder } from '../../support/folder'
import { buildMain } from '../../support/mainBuild'

let entry = ''
let remove = () => {}

beforeAll(async () => {
  const built = await buildMain('src/main/browser/main.ts')
  entry = built.path
  remove = () => built.remove()
}, 60_000)
afterAll(() => remove())

interface Ended {
  code: number | null
  out: string
  err: string
}

/** Starts the browser shell; it is killed at the end of the test where it still runs. */
function launch(args: string[], node = process.execPath) {
  const child = spawn(node, [entry, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  let out = ''
  let err = ''
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
  const ended = once(child, 'close').then(([code]): Ended => ({ code: code as number | null, out, err }))
  const firstLine = once(createInterface({ input: child.stdout }), 'line').then(([line]) => String(line))
  return { child, ended, firstLine }
}

function folders(): { data: string; args: string[] } {
  const folder = tempFolder()
  const data = join(folder, 'data')
  return { data, args: ['--no-open', '--data-dir', data, '--library', join(folder, 'videos')] }
}

function serverFile(data: string): { url: string; token: string; pid: number } {
  return JSON.parse(readFileSync(join(data, 'server.json'), 'utf8'))
}

function signal(child: ChildProcess, name: NodeJS.Signals): void {
  child.kill(name)
}

describe('a running studio', () => {
  test('prints its address first, and tells scripts the same in server.json', async () => {
    const { data, args } = folders()
    const { child, firstLine, ended } = launch(args)
    const line = await firstLine
    expect(line).toMatch(/^Dailies is at http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}$/)
    const { url, token, pid } = serverFile(data)
    expect(line).toBe(`Dailies is at ${url}/?token=${token}`)
    expect(pid).toBe(child.pid)
    expect(statSync(join(data, 'server.json')).mode & 0o077).toBe(0)
    const answer = await fetch(`${url}/api/studio`, { headers: { authorization: `Bearer ${token}` } })
    expect(answer.status).toBe(200)
    signal(child, 'SIGTERM')
    expect((await ended).out.trim()).toBe(line)
  })

  test.each(['SIGTERM', 'SIGINT'] as const)(
    '%s parks the jobs, checkpoints the database, removes server.json and ends with 0',
    async (name) => {
      const { data, args } = folders()
      const { child, firstLine, ended } = launch(args)
      await firstLine
      const { url, token } = serverFile(data)
      await fetch(`${url}/api/jobs`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ model: 'animatic', prompt: 'kept over the restart' }),
      })
      signal(child, name)
      expect(await ended).toMatchObject({ code: 0, err: '' })
      expect(existsSync(join(data, 'server.json'))).toBe(false)
      expect(readdirSync(data).filter((file) => file.endsWith('-wal'))).toEqual([])
      const history = new Database(join(data, 'history.db'), { readonly: true })
      expect(history.pragma('integrity_check', { simple: true })).toBe('ok')
      history.close()

      const again = launch(args)
      await again.firstLine
      const next = serverFile(data)
      expect(next.token).not.toBe(token)
      const answer = await fetch(`${next.url}/api/jobs`, {
        headers: { authorization: `Bearer ${next.token}` },
      })
      expect(JSON.stringify(await answer.json())).toContain('kept over the restart')
      signal(again.child, 'SIGTERM')
      expect((await again.ended).code).toBe(0)
    },
  )

  test('an open event stream and an open socket do not keep it from closing', async () => {
    const { data, args } = folders()
    const { child, firstLine, ended } = launch(args)
    await firstLine
    const { url, token } = serverFile(data)
    const stream = await fetch(`${url}/api/events`, { headers: { authorization: `Bearer ${token}` } })
    const socket = new WebSocket(`${url.replace('http', 'ws')}/rpc`, {
      headers: { authorization: `Bearer ${token}` },
    } as unknown as string[])
    await once(socket, 'open')
    signal(child, 'SIGTERM')
    expect((await ended).code).toBe(0)
    await stream.body?.cancel().catch(() => {})
  })

  test('a second one on the same folder is refused with the address of the first, and leaves it alone', async () => {
    const { data, args } = folders()
    const first = launch(args)
    const line = await first.firstLine
    const second = await launch(args).ended
    expect(second.code).toBe(3)
    expect(second.out).toBe('')
    expect(second.err.trim()).toBe(line.replace('is at', 'already runs on this data folder at'))
    const { url, token } = serverFile(data)
    const answer = await fetch(`${url}/api/studio`, { headers: { authorization: `Bearer ${token}` } })
    expect(answer.status).toBe(200)
  })

  test('a killed one keeps nobody out', async () => {
    const { data, args } = folders()
    const first = launch(args)
    await first.firstLine
    signal(first.child, 'SIGKILL')
    await first.ended
    expect(existsSync(join(data, 'server.json'))).toBe(true)
    const second = launch(args)
    await second.firstLine
    expect(serverFile(data).pid).toBe(second.child.pid)
    signal(second.child, 'SIGTERM')
    expect((await second.ended).code).toBe(0)
  })

  test('an image of 120 MB sent whole is answered with a sentence, not with a broken connection', async () => {
    const { data, args } = folders()
    await launch(args).firstLine
    const { url, token } = serverFile(data)
    const headers = { authorization: `Bearer ${token}` }
    const bytes = new Uint8Array(120_000_000).fill(0xff)
    const form = new FormData()
    form.set('file', new File([bytes], 'giant.jpg'))
    for (const body of [bytes, form]) {
      const answer = await fetch(`${url}/api/assets`, { method: 'POST', headers, body })
      expect([answer.status, ((await answer.json()) as { message: string }).message]).toEqual([
        413,
        'The image file is larger than 100 MB.',
      ])
    }
  })

  test('the token is in no line of the log', async () => {
    const { data, args } = folders()
    const { child, firstLine, ended } = launch(args)
    await firstLine
    const { token } = serverFile(data)
    signal(child, 'SIGTERM')
    await ended
    expect(readFileSync(join(data, 'logs', 'dailies.log'), 'utf8')).not.toContain(token)
  })
})

describe('refusals', () => {
  test('--help names every option of the README, starts nothing and ends with 0', async () => {
    const { data, args } = folders()
    const { code, out, err } = await launch([...args, '--help']).ended
    expect([code, err]).toEqual([0, ''])
    for (const option of ['--browser', '--port N', '--data-dir DIR', '--library DIR', '--no-open'])
      expect(out).toContain(option)
    expect(existsSync(data)).toBe(false)
  })

  test.each([
    ['an unknown option', ['--prot', '1']],
    ['a port that is none', ['--port', 'eighty']],
    ['a port beyond the last', ['--port', '70000']],
    ['an option without its value', ['--data-dir']],
    ['an empty folder', ['--data-dir', '']],
    ['an argument nobody asked for', ['cat.png']],
  ])('%s is one sentence and ends with 2', async (_name, args) => {
    const { code, out, err } = await launch(args).ended
    expect([code, out]).toEqual([2, ''])
    expect(err.trim()).toMatch(/^[^\n]+\.$/)
  })

  test('a port in use is one sentence and ends with 1, and the folder is let go', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    onTestFinished(() => void taken.close())
    await once(taken, 'listening')
    const { port } = taken.address() as { port: number }
    const { data, args } = folders()
    const { code, out, err } = await launch([...args, '--port', String(port)]).ended
    expect([code, out]).toEqual([1, ''])
    expect(err.trim()).toBe(`Port ${port} is in use by another program; choose another with --port.`)
    expect(existsSync(join(data, 'server.json'))).toBe(false)
  })

  test('a data folder that is a file is one sentence and ends with 1', async () => {
    const { code, err } = await launch(['--no-open', '--data-dir', import.meta.filename]).ended
    expect(code).toBe(1)
    expect(err.trim()).toBe(`${import.meta.filename} is not a folder.`)
  })

  test('a history of a newer Dailies is refused and left as it is', async () => {
    const { data, args } = folders()
    mkdirSync(data)
    const path = join(data, 'history.db')
    const history = new Database(path)
    history.pragma('user_version = 9999')
    history.close()
    const before = readFileSync(path)
    const { code, err } = await launch(args).ended
    expect(code).toBe(1)
    expect(err.trim()).toMatch(
      /^The history was written by a newer version of Dailies\. Update Dailies, .+\.$/,
    )
    expect(readFileSync(path).equals(before)).toBe(true)
  })

  const systemNode = oldNode()
  test.skipIf(systemNode === null)(
    `an older Node gets one sentence instead of a crash${systemNode ? '' : ' (skipped: the system’s Node is not older than 24)'}`,
    async () => {
      const { code, out, err } = await launch(['--no-open'], systemNode ?? '').ended
      expect([code, out]).toEqual([1, ''])
      expect(err.trim()).toMatch(/^Dailies needs Node 24 or later; this is \d+\.\d+\.\d+\. [^\n]+\.$/)
    },
  )
})

/** A Node of the system that is too old for Dailies, or null. */
function oldNode(): string | null {
  for (const path of ['/usr/bin/node', '/usr/local/bin/node']) {
    if (!existsSync(path)) continue
    const version = execFileSync(path, ['--version'], { encoding: 'utf8' })
    if (Number(/^v(\d+)/.exec(version)?.[1] ?? 24) < 24) return path
  }
  return null
}
