import sharp from 'sharp'
import { expect, test } from 'vitest'
import { runShell, type RunningShell } from '../../support/shell'

const nobody = '01890000-0000-7000-8000-000000000000'

test.each([
  ['/jobs?stat=queued', 'stat is not known here.'],
  ['/jobs?__proto__[x]=1', '__proto__ is not known here.'],
  ['/jobs-counts?sort=newest', 'sort is not known here.'],
  ['/jobs?limit=5&limit=6', 'limit: This should be a number.'],
  ['/jobs?limit=', 'limit: This should be a number.'],
  ['/jobs?limit=Infinity', 'limit: This should be a number.'],
  ['/jobs?limit=1.5', 'limit: This should be a whole number.'],
  ['/jobs?limit=0x10', 'limit: This should be a number.'],
  ['/jobs?state=', 'state: Give at least 1.'],
  ['/jobs?state=queued,running', /^state\[1\]: Choose one of queued, /],
  ['/jobs?favourite=yes', 'favourite: This should be true or false.'],
  ['/jobs?cursor=abc', 'This cursor does not belong to this list.'],
])('GET %s would be answered as if the mistake were not there', async (path, message) => {
  const shell = await runShell()
  const answer = await shell.api('GET', path)
  expect([answer.status, answer.json['code']]).toEqual([400, 'invalid_request'])
  expect(answer.json['message']).toMatch(message)
  expect(answer.json).not.toHaveProperty('hint')
})

test.each([
  ['{"count":0}', 'count: The least is 1.'],
  ['{"count":51}', 'count: The most is 50.'],
  ['{"count":1.5}', 'count: This should be a whole number.'],
  ['{"count":"2"}', 'count: This should be a number.'],
  ['{"count":1e999}', 'count: This should be a number.'],
  ['{"count":NaN}', 'The request could not be read.'],
  ['{"__proto__":{"count":3}}', '__proto__ is not known here.'],
  ['{"params":{"__proto__":{"a":1}}}', '__proto__ is not known here.'],
  ['{"__proto__":1,', 'The request could not be read.'],
  ['{"params":{"constructor":1}}', 'constructor is not a parameter of this model.'],
  ['{"params":{"duration":1e999}}', 'params.duration: This should be a number.'],
  ['{"params":{"duration":"NaN"}}', 'params.duration: This should be a number.'],
  ['{"params":{"title":"yes"}}', 'params.title: This should be true or false.'],
  ['{"params":[1]}', 'params: This should be an object.'],
  [`{"params":{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}}`, 'a is not a parameter of this model.'],
  [`{"inputs":[{"role":"first","assetId":"${nobody}"}]}`, 'There is no such image.'],
  ['{"connectionId":"mine"}', /works without a connection\.$/],
  ['{"prompt":"a\\u0000b"}', 'The prompt holds control characters that cannot be sent.'],
  ['{"prompt":"a\\ud800b"}', 'The prompt holds half of a character; paste it again.'],
  [
    JSON.stringify({ prompt: '灯'.repeat(100_000) }),
    'The prompt has 100000 characters; this model takes 20000.',
  ],
])(
  'POST /jobs of a wrong body (%#) is refused with one sentence that names what is wrong',
  async (wrong, message) => {
    const shell = await runShell()
    const answer = await shell.api('POST', '/jobs', `{"model":"animatic","prompt":"x",${wrong.slice(1)}`)
    expect([answer.status, answer.json['code']]).toEqual([400, 'invalid_request'])
    expect(answer.json['message']).toMatch(message)
    expect((await shell.api('GET', '/jobs')).json['jobs']).toEqual([])
  },
)

test.each([
  ['{"nameTemplate":"{date} {nope}"}', /^\{nope\} is not one of the parts /],
  ['{"nameTemplate":"../{words}"}', 'File names cannot hold “/”.'],
  ['{"nameTemplate":" "}', /^Write a name, or one of the parts /],
  ['{"nameTemplate":""}', /^Write a name, or one of the parts /],
])('a setting that the page would refuse is refused by main too: %s', async (patch, message) => {
  const shell = await runShell()
  const answer = await shell.api('PATCH', '/settings', patch)
  expect([answer.status, answer.json['message']]).toEqual([400, expect.stringMatching(message)])
  expect((await shell.api('GET', '/settings')).json['nameTemplate']).toBe('{date} {model} {words}')
})

const proxyAddress = /^A proxy looks like http:\/\/proxy\.example\.com:8080\.$/

test.each([
  [{ proxyUrl: 'proxy.example.com:8080' }, proxyAddress],
  [{ proxyUrl: 'socks5://proxy.example.com' }, proxyAddress],
  [{ proxyUrl: 'http://proxy.example.com/path' }, proxyAddress],
  [{ proxyMode: 'manual' }, proxyAddress],
  [{ proxyMode: 'manual', proxyUrl: '' }, proxyAddress],
  [{ proxyMode: 'manual', proxyUrl: 'http://me:hush-0192@proxy.example.com' }, /^A name or password cannot /],
])('a proxy that cannot be used is refused, nothing of it kept: %j', async (patch, message) => {
  const shell = await runShell()
  const answer = await shell.api('PATCH', '/settings', patch)
  expect([answer.status, answer.json['message']]).toEqual([400, expect.stringMatching(message)])
  expect(answer.json['issues']).toMatchObject([{ path: ['proxyUrl'] }])
  expect((await shell.api('GET', '/settings')).json).toMatchObject({ proxyMode: 'system', proxyUrl: '' })
  expect(answer.text + shell.logged.join('')).not.toContain('hush-0192')
})

test('a proxy set by hand keeps its address while it is not in use, and cannot lose it while it is', async () => {
  const shell = await runShell()
  const proxyUrl = 'http://proxy.example.com:8080'
  for (const patch of [{ proxyMode: 'manual', proxyUrl }, { proxyMode: 'none' }, { proxyMode: 'manual' }]) {
    const answer = await shell.api('PATCH', '/settings', patch)
    expect([answer.status, answer.json]).toEqual([200, expect.objectContaining({ ...patch, proxyUrl })])
  }
  expect((await shell.api('PATCH', '/settings', { proxyUrl: '' })).status).toBe(400)
})

test('a cancel that is sent again is answered as the first, and of what has ended with a conflict', async () => {
  const shell = await runShell()
  const made = await shell.api('POST', '/jobs', { model: 'animatic', prompt: 'x' })
  const [job] = made.json['jobs'] as { id: string }[]
  const statuses = []
  for (let time = 0; time < 3; time += 1) {
    statuses.push((await shell.api('POST', `/jobs/${job?.id}/cancel`)).status)
  }
  expect(statuses).toEqual([200, 200, 200])
})

test.each([
  ['/jobs-remove', { ids: [nobody] }],
  ['/jobs-restore', { ids: [nobody] }],
  ['/jobs-favourite', { ids: [nobody], favourite: true }],
  [`/jobs/${nobody}/retry`, {}],
  [`/jobs/${nobody}/last-frame`, {}],
  [`/jobs/${nobody}/reveal`, {}],
])('POST %s of nobody would be answered as if it were done', async (path, body) => {
  const shell = await runShell()
  const answer = await shell.api('POST', path, body)
  expect([answer.status, answer.json['message']]).toEqual([404, 'There is no such job in the history.'])
})

const flat = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#336699' }, limitInputPixels: false })
const photo = () =>
  sharp({
    create: {
      width: 64,
      height: 48,
      channels: 3,
      background: '#000',
      noise: { type: 'gaussian', mean: 128, sigma: 40 },
    },
  })
    .jpeg()
    .toBuffer()
const frames = () =>
  sharp(Buffer.alloc(40 * 80 * 3).fill(200, 40 * 40 * 3), {
    raw: { width: 40, height: 80, channels: 3, pageHeight: 40 },
  })

/** Sends an image as the body and as a form, which must be answered alike. */
async function upload(shell: RunningShell, bytes: Buffer, name: string) {
  const authorization = `Bearer ${shell.token}`
  const raw = await shell.send(
    'POST',
    '/api/assets',
    { authorization, 'content-type': 'image/png', 'x-filename': name },
    bytes,
  )
  const form = new FormData()
  form.set('file', new File([new Uint8Array(bytes)], name))
  const address = `http://127.0.0.1:${shell.port}/api/assets`
  const formed = await fetch(address, { method: 'POST', headers: { authorization }, body: form })
  expect([formed.status, await formed.json()]).toEqual([raw.status, raw.json])
  return raw
}

test.each([
  ['a renamed text', () => Buffer.from('I am a text\n'.repeat(40)), 415, 'a.png is not an image.'],
  [
    'HEIC',
    () => Buffer.from(`\0\0\0\x18ftypheic\0\0\0\0mif1heic${'x'.repeat(400)}`, 'latin1'),
    415,
    'HEIC files cannot be read here.',
  ],
  ['half a JPEG', async () => (await photo()).subarray(0, 1_000), 400, 'a.png is damaged or incomplete.'],
  ['nothing', () => Buffer.alloc(0), 400, 'No image came with the request.'],
  [
    '20,000 × 20,000 pixels',
    () => flat(20_000, 20_000).png().toBuffer(),
    413,
    'The image has 20000 × 20000 pixels; the most is 16384 a side.',
  ],
])(
  '%s as an image is refused with its sentence, and the studio goes on',
  async (_name, make, status, message) => {
    const shell = await runShell()
    const answer = await upload(shell, await make(), 'a.png')
    expect([answer.status, answer.json['message']]).toEqual([status, message])
    expect((await shell.api('GET', '/studio')).status).toBe(200)
  },
)

test.each([
  ['1x1', () => flat(1, 1).png().toBuffer(), { width: 1, height: 1, notes: [] }],
  [
    'CMYK',
    () => flat(64, 48).toColourspace('cmyk').jpeg().toBuffer(),
    { width: 64, height: 48, notes: ['colour_converted'] },
  ],
  [
    'turned by EXIF',
    () => flat(64, 48).withMetadata({ orientation: 6 }).jpeg().toBuffer(),
    { width: 48, height: 64, notes: ['rotated'] },
  ],
  [
    'an animated GIF',
    () =>
      frames()
        .gif({ delay: [100, 100] })
        .toBuffer(),
    { width: 40, height: 40, mime: 'image/png' },
  ],
  [
    'an animated WebP',
    () =>
      frames()
        .webp({ delay: [100, 100] })
        .toBuffer(),
    { width: 40, height: 40, mime: 'image/png' },
  ],
  ['with alpha', () => flat(64, 48).ensureAlpha(0.5).png().toBuffer(), { alpha: true }],
])('%s as an image is taken, and said what became of it', async (_name, make, facts) => {
  const shell = await runShell()
  const answer = await upload(shell, await make(), 'a.png')
  expect(answer.status).toBe(201)
  expect(answer.json).toMatchObject(facts)
})

test('an address longer than a head may be is refused with a sentence, and the studio goes on', async () => {
  const shell = await runShell()
  const answer = await shell.api('GET', `/jobs/${'x'.repeat(20_000)}`)
  expect(answer.status).toBe(413)
  expect(answer.json).toMatchObject({
    code: 'too_large',
    message: 'The address and headers of a request may be 16 KiB long, and these are longer.',
  })
  expect((await shell.api('GET', '/studio')).status).toBe(200)
})
