import { connect } from 'node:net'
import { describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { runShell } from '../../support/shell'

const doors = [
  '/',
  '/index.html',
  '/api/studio',
  '/api/openapi.json',
  '/api/nothing',
  '/media/x/video',
  '/rpc',
]

describe('who may come in', () => {
  test('nothing answers without the token, whatever the address', async () => {
    const shell = await runShell()
    for (const path of doors) {
      const answer = await shell.send('GET', path)
      expect([path, answer.status, answer.json['code']]).toEqual([path, 401, 'unauthorized'])
    }
  })

  test.each([
    ['wrong', 'Bearer test-token-0123456789abcdefghijklmnopqrstuX'],
    ['a beginning', 'Bearer test-token'],
    ['longer', 'Bearer test-token-0123456789abcdefghijklmnopqrstuvw'],
    ['empty', 'Bearer '],
    ['of another scheme', 'Basic test-token-0123456789abcdefghijklmnopqrstuv'],
  ])('a token that is %s is refused', async (_name, authorization) => {
    const shell = await runShell()
    expect((await shell.send('GET', '/api/studio', { authorization })).status).toBe(401)
  })

  test('a wrong Bearer token is refused even beside a good cookie', async () => {
    const shell = await runShell()
    const cookie = `dailies_${shell.port}=${shell.token}`
    const answer = await shell.send('GET', '/api/studio', { authorization: 'Bearer nonsense', cookie })
    expect(answer.status).toBe(401)
  })

  test('the printed address trades its token for a cookie that no script reads, and forgets the token', async () => {
    const shell = await runShell()
    const login = await shell.send('GET', `/?token=${shell.token}`)
    expect(login.status).toBe(303)
    expect(login.headers.location).toBe('/')
    expect(login.headers['cache-control']).toBe('no-store')
    const [cookie = ''] = login.headers['set-cookie'] ?? []
    expect(cookie).toMatch(/; HttpOnly(;|$)/)
    expect(cookie).toMatch(/; SameSite=Strict(;|$)/)
    expect(cookie.startsWith(`dailies_${shell.port}=`)).toBe(true)
    const page = await shell.send('GET', '/', { cookie: cookie.split(';')[0] ?? '' })
    expect([page.status, page.text]).toEqual([200, '<!doctype html><title>Dailies</title>'])
  })

  test('a wrong token in the address is refused even where the cookie is good', async () => {
    const shell = await runShell()
    const cookie = `dailies_${shell.port}=${shell.token}`
    expect((await shell.send('GET', '/?token=wrong', { cookie })).status).toBe(401)
  })

  test('the token in a query opens nothing but the page', async () => {
    const shell = await runShell()
    expect((await shell.send('GET', `/api/studio?token=${shell.token}`)).status).toBe(401)
    expect((await shell.send('POST', `/?token=${shell.token}`)).status).toBe(401)
  })

  test('the cookie of a studio on another port is not taken for ours', async () => {
    const shell = await runShell()
    expect((await shell.send('GET', '/api/studio', { cookie: `dailies_1=${shell.token}` })).status).toBe(401)
  })

  test('a person without the token gets a page that says what to open, in both languages', async () => {
    const shell = await runShell()
    const answer = await shell.send('GET', '/', { accept: 'text/html,*/*' })
    expect(answer.status).toBe(401)
    expect(answer.headers['content-type']).toContain('text/html')
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'")
    expect(answer.text).toContain('Open the address that Dailies printed')
    expect(answer.text).toContain('令牌')
    expect(answer.text).not.toContain(shell.token)
  })
})

describe('other sites', () => {
  test.each([
    ['a rebound name', { host: 'evil.example' }],
    ['a rebound name with our port', { host: 'evil.example:{port}' }],
    ['another port of this computer', { host: '127.0.0.1:1' }],
    ['a name that begins like ours', { host: '127.0.0.1.evil.example:{port}' }],
    ['a foreign origin', { origin: 'https://evil.example' }],
    ['an origin on another port', { origin: 'http://127.0.0.1:1' }],
    ['our origin over another scheme', { origin: 'https://127.0.0.1:{port}' }],
    ['an origin that hides', { origin: 'null' }],
    ['a localhost origin on a 127.0.0.1 host', { origin: 'http://localhost:{port}' }],
    ['a picture embedded elsewhere', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }],
    ['a picture embedded by another port', { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors' }],
  ])('%s is refused although the token is right', async (_name, given) => {
    const shell = await runShell()
    const headers = Object.fromEntries(
      Object.entries(given).map(([name, value]) => [name, value.replace('{port}', String(shell.port))]),
    )
    for (const path of ['/', '/api/studio', `/?token=${shell.token}`]) {
      const answer = await shell.send('GET', path, { authorization: `Bearer ${shell.token}`, ...headers })
      expect([path, answer.status, answer.json['code']]).toEqual([path, 403, 'forbidden'])
    }
  })

  test('our own page is let in by either name of this computer', async () => {
    const shell = await runShell()
    for (const name of ['127.0.0.1', 'localhost']) {
      const host = `${name}:${shell.port}`
      const headers = { host, origin: `http://${host}`, authorization: `Bearer ${shell.token}` }
      expect((await shell.send('GET', '/api/studio', headers)).status).toBe(200)
    }
  })

  test('a Host that is no name at all is refused as a sentence', async () => {
    const shell = await runShell()
    const answer = await shell.send('GET', '/api/studio', { host: `127.0.0.1:${shell.port}.evil.example` })
    expect([answer.status, answer.json['code']]).toEqual([400, 'invalid_request'])
  })

  test('a request without a Host is refused', async () => {
    const shell = await runShell()
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(shell.port, '127.0.0.1', () => socket.write('GET /api/studio HTTP/1.0\r\n\r\n'))
      let text = ''
      socket.on('data', (chunk: Buffer) => (text += chunk.toString()))
      socket.on('close', () => resolve(text))
    })
    expect(answer).toMatch(/^HTTP\/1\.1 40[03] /)
  })

  test('nothing of ours can be embedded elsewhere or sniffed into another type', async () => {
    const shell = await runShell()
    for (const path of ['/', '/api/studio', '/media/none/video']) {
      const { headers } = await shell.send('GET', path, { authorization: `Bearer ${shell.token}` })
      expect(headers['cross-origin-resource-policy']).toBe('same-origin')
      expect(headers['x-content-type-options']).toBe('nosniff')
      expect(headers['access-control-allow-origin']).toBeUndefined()
    }
  })

  test('it listens on 127.0.0.1 and on no other address', async () => {
    const shell = await runShell()
    await expect(
      new Promise((resolve, reject) => {
        const socket = connect(shell.port, '127.0.0.2', () => resolve('connected'))
        socket.on('error', reject)
      }),
    ).rejects.toThrow('ECONNREFUSED')
  })
})

describe('the WebSocket', () => {
  function upgrade(port: number, headers: Record<string, string>, path = '/rpc'): Promise<number | 'open'> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers })
      socket.on('open', () => {
        socket.terminate()
        resolve('open')
      })
      socket.on('unexpected-response', (_request, answer) => resolve(answer.statusCode ?? 0))
      socket.on('error', reject)
    })
  }

  test('is checked before the upgrade, exactly as requests are', async () => {
    const { port, token } = await runShell()
    const authorization = `Bearer ${token}`
    const cookie = `dailies_${port}=${token}`
    expect(await upgrade(port, {})).toBe(401)
    expect(await upgrade(port, { authorization: 'Bearer no' })).toBe(401)
    expect(await upgrade(port, { cookie: `dailies_${port}=no` })).toBe(401)
    expect(await upgrade(port, { authorization, origin: 'https://evil.example' })).toBe(403)
    expect(await upgrade(port, { cookie, origin: 'http://127.0.0.1:1' })).toBe(403)
    expect(await upgrade(port, { authorization, host: 'evil.example' })).toBe(403)
    expect(await upgrade(port, { authorization }, '/api')).toBe(404)
    expect(await upgrade(port, { authorization })).toBe('open')
    expect(await upgrade(port, { cookie, origin: `http://127.0.0.1:${port}` })).toBe('open')
  })
})
