import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { runShell } from '../../support/shell'

const nobody = '01890000-0000-7000-8000-000000000000'
const picture = () =>
  sharp({ create: { width: 64, height: 48, channels: 3, background: '#c9f04d' } })
    .png()
    .toBuffer()

interface Issue {
  path: (string | number)[]
  key: string
}
const issuesOf = (json: Record<string, unknown>) =>
  ((json['issues'] ?? []) as Issue[]).map(({ path, key }) => `${path.join('.')} ${key}`)

describe('the local API', () => {
  test('makes, finds, cancels and removes a job', async () => {
    const shell = await runShell()
    const made = await shell.api('POST', '/jobs', { model: 'animatic', prompt: 'A lighthouse', count: 2 })
    expect(made.status).toBe(201)
    const jobs = made.json['jobs'] as { id: string; state: string }[]
    expect(jobs).toHaveLength(2)
    const [first] = jobs
    const detail = await shell.api('GET', `/jobs/${first?.id}`)
    expect(detail.json['prompt']).toBe('A lighthouse')
    expect((detail.json['events'] as unknown[]).length).toBeGreaterThan(0)
    const listed = await shell.api('GET', '/jobs?provider=animatic&q=lighthouse&sort=oldest&limit=1')
    expect((listed.json['jobs'] as unknown[]).length).toBe(1)
    expect(listed.json['nextCursor']).toEqual(expect.any(String))
    expect((await shell.api('POST', `/jobs/${first?.id}/cancel`)).status).toBe(200)
    expect((await shell.api('DELETE', `/jobs/${first?.id}?file=trash`)).json).toEqual({ ok: true })
    expect((await shell.api('GET', `/jobs/${first?.id}`)).status).toBe(404)
  })

  test('takes an image as the body and as a form, and keeps no path of it', async () => {
    const shell = await runShell()
    const bytes = await picture()
    const authorization = `Bearer ${shell.token}`
    const raw = await shell.send(
      'POST',
      '/api/assets',
      { authorization, 'content-type': 'application/octet-stream', 'x-filename': '..%2F%E7%8C%AB.png' },
      bytes,
    )
    expect(raw.status).toBe(201)
    expect(raw.json).toMatchObject({ width: 64, height: 48, mime: 'image/png' })
    expect(Object.keys(raw.json)).not.toContain('path')
    expect(String(raw.json['name'])).toContain('猫')

    const form = new FormData()
    form.set('file', new File([new Uint8Array(bytes)], 'cat.png', { type: 'image/png' }))
    const answer = await fetch(`http://127.0.0.1:${shell.port}/api/assets`, {
      method: 'POST',
      headers: { authorization },
      body: form,
    })
    expect(answer.status).toBe(201)
    expect((await shell.api('GET', `/assets/${String(raw.json['id'])}`)).json['width']).toBe(64)
  })

  test('tells what changes as server-sent events and lets go of a listener that left', async () => {
    const shell = await runShell()
    const stop = new AbortController()
    const answer = await fetch(`http://127.0.0.1:${shell.port}/api/events`, {
      headers: { authorization: `Bearer ${shell.token}` },
      signal: stop.signal,
    })
    expect(answer.headers.get('content-type')).toContain('text/event-stream')
    await shell.api('POST', '/jobs', { model: 'animatic', prompt: 'told' })
    let text = ''
    for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk
      if (text.includes('"told"')) break
    }
    stop.abort()
    expect(text).toContain('event: message')
  })
})

describe('bad input', () => {
  test.each([
    ['malformed JSON', 'POST', '/jobs', '{"model":', 400, 'invalid_request'],
    ['JSON that is no object', 'POST', '/jobs', '[1,2]', 400, 'invalid_request'],
    ['no body', 'POST', '/jobs', '', 400, 'invalid_request'],
    ['an unknown model', 'POST', '/jobs', '{"model":"sora","prompt":"x"}', 400, 'invalid_request'],
    [
      'a count without end',
      'POST',
      '/jobs',
      '{"model":"animatic","prompt":"x","count":1000000}',
      400,
      'invalid_request',
    ],
    [
      'an unknown field',
      'POST',
      '/jobs',
      '{"model":"animatic","prompt":"x","promt":"y"}',
      400,
      'invalid_request',
    ],
    ['an empty prompt', 'POST', '/jobs', '{"model":"animatic","prompt":"  "}', 400, 'invalid_request'],
    [
      'a parameter out of range',
      'POST',
      '/jobs',
      '{"model":"animatic","prompt":"x","params":{"duration":999}}',
      400,
      'invalid_request',
    ],
    [
      'an unknown parameter',
      'POST',
      '/jobs',
      '{"model":"animatic","prompt":"x","params":{"mood":1}}',
      400,
      'invalid_request',
    ],
    [
      'an image that is not there',
      'POST',
      '/jobs',
      `{"model":"animatic","prompt":"x","inputs":[{"role":"first","assetId":"${nobody}"}]}`,
      400,
      'invalid_request',
    ],
    ['a path as an id', 'GET', '/jobs/..%2F..%2Fetc%2Fpasswd', undefined, 400, 'invalid_request'],
    ['an id of nobody', 'GET', `/jobs/${nobody}`, undefined, 404, 'not_found'],
    ['a cancel of nobody', 'POST', `/jobs/${nobody}/cancel`, undefined, 404, 'not_found'],
    ['a limit beyond the most', 'GET', '/jobs?limit=100000', undefined, 400, 'invalid_request'],
    ['an unknown state', 'GET', '/jobs?state=running', undefined, 400, 'invalid_request'],
    ['an unknown path', 'GET', '/videos', undefined, 404, 'not_found'],
    ['a method it does not take', 'PUT', '/jobs', '{}', 405, 'method_not_allowed'],
    ['a setting that is none', 'PATCH', '/settings', '{"volume":11}', 400, 'invalid_request'],
    ['a procedure of the page alone', 'POST', '/media/write', '{}', 404, 'not_found'],
    ['a folder without its path', 'POST', '/library/folder', '{}', 400, 'invalid_request'],
    ['a drag without a desktop', 'POST', '/library/drag-out', `{"ids":["${nobody}"]}`, 503, 'unavailable'],
  ])(
    '%s gets one sentence and its code, and the studio goes on',
    async (_name, method, path, body, status, code) => {
      const shell = await runShell()
      const answer = await shell.api(method, path, body)
      expect([answer.status, answer.json['code']]).toEqual([status, code])
      expect(answer.json['message']).toMatch(/^\S.*\.$/)
      expect(
        Object.keys(answer.json).filter((key) => !['code', 'message', 'hint', 'issues'].includes(key)),
      ).toEqual([])
      expect((await shell.api('GET', '/studio')).status).toBe(200)
    },
  )

  test('names each wrong field where it is', async () => {
    const shell = await runShell()
    const answer = await shell.api('POST', '/jobs', {
      model: '',
      count: 0,
      inputs: [{ role: 'x', assetId: 'y' }],
    })
    expect(issuesOf(answer.json)).toEqual([
      'model field.required',
      'inputs.0.role field.choice',
      'inputs.0.assetId field.id',
      'count field.min',
    ])
  })

  test('names the parameter of the model that is out of range', async () => {
    const shell = await runShell()
    const answer = await shell.api('POST', '/jobs', {
      model: 'animatic',
      prompt: 'x',
      params: { duration: 999 },
    })
    expect(issuesOf(answer.json)).toEqual(['params.duration field.max'])
  })

  test('a giant body is refused before it is read, declared or not', async () => {
    const shell = await runShell()
    const giant = JSON.stringify({ model: 'animatic', prompt: 'x'.repeat(3_000_000) })
    const declared = await shell.api('POST', '/jobs', giant)
    expect([declared.status, declared.json['code']]).toEqual([413, 'too_large'])
    const chunked = await fetch(`http://127.0.0.1:${shell.port}/api/jobs`, {
      method: 'POST',
      headers: { authorization: `Bearer ${shell.token}`, 'content-type': 'application/json' },
      body: new Blob([giant]).stream(),
      duplex: 'half',
    } as RequestInit)
    expect(chunked.status).toBe(413)
  })

  test('a body that is not JSON is not guessed at', async () => {
    const shell = await runShell()
    const authorization = `Bearer ${shell.token}`
    for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data']) {
      const answer = await shell.send(
        'POST',
        '/api/jobs',
        { authorization, 'content-type': type },
        'model=animatic',
      )
      expect([type, answer.status, answer.json['code']]).toEqual([type, 415, 'unsupported_media'])
    }
  })

  test.each([
    ['nothing', ''],
    ['a text', 'hello, I am a picture'],
    ['JSON', '{"file":"x"}'],
  ])('%s instead of an image is refused', async (_name, body) => {
    const shell = await runShell()
    const headers = { authorization: `Bearer ${shell.token}`, 'content-type': 'image/png' }
    const answer = await shell.send('POST', '/api/assets', headers, body)
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(answer.status).toBeLessThan(500)
    expect(answer.json['message']).toEqual(expect.any(String))
  })

  test('an image declared larger than the largest is refused at once', async () => {
    const shell = await runShell()
    const authorization = `Bearer ${shell.token}`
    const form = await shell.send(
      'POST',
      '/api/assets',
      {
        authorization,
        'content-type': 'multipart/form-data; boundary=x',
        'content-length': String(200 * 1024 * 1024),
      },
      'x',
    )
    expect([form.status, form.json['code']]).toEqual([413, 'too_large'])
  })

  test('a form without a file, and one that is broken', async () => {
    const shell = await runShell()
    const headers = {
      authorization: `Bearer ${shell.token}`,
      'content-type': 'multipart/form-data; boundary=x',
    }
    const empty = '--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--x--\r\n'
    expect((await shell.send('POST', '/api/assets', headers, empty)).status).toBe(400)
    expect((await shell.send('POST', '/api/assets', headers, 'no form')).json['code']).toBe('invalid_request')
  })

  test('a failure inside says nothing of the inside, and is written to the log', async () => {
    const shell = await runShell()
    shell.studio.settings.read = () => {
      throw new Error('secret detail of /home/somebody')
    }
    const { client } = await shell.connect()
    await expect(client.settings.draft()).rejects.toMatchObject({
      code: 'internal',
      message: 'Something inside Dailies failed.',
      data: { key: 'internal' },
    })
    expect(shell.logged.join('')).toContain('secret detail')
  })
})
