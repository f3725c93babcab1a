import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createLog, createRedactor } from '../../../src/main/system'
import { tempFolder } from '../../support/folder'

const secret = 'hunter2-AbCdEf.123456'

/** The secret as it may stand in a line, and what has to stay of the line. */
const lines: [name: string, line: string, kept: string][] = [
  ['a JSON field', `{"apiKey":"${secret}","model":"kling"}`, 'kling'],
  ['a field of another spelling', `{"api_key": "${secret}"}`, 'api_key'],
  ['a secret access key', `{"secretAccessKey":"${secret}"}`, 'secretAccessKey'],
  ['a password', `{"password":"${secret}","user":"ada"}`, 'ada'],
  ['a session token', `{"sessionToken":"${secret}"}`, 'sessionToken'],
  ['a value with quotes in it', `{"token":"a\\"${secret}","ok":true}`, 'ok'],
  ['a header object', `{"headers":{"authorization":"Bearer ${secret}","accept":"*/*"}}`, '*/*'],
  ['several cookies', `{"set-cookie":["a=${secret}","b=${secret}"],"ok":1}`, '"ok":1'],
  ['JSON inside a text', `{"body":"{\\"apiKey\\":\\"${secret}\\",\\"model\\":\\"kling\\"}"}`, 'kling'],
  ['a header line', `sent Authorization: AWS4-HMAC-SHA256 Credential=${secret}, Signature=${secret}`, 'sent'],
  ['a bearer in a sentence', `refused Bearer ${secret} again`, 'refused'],
  ['the token of an address', `GET http://127.0.0.1:4000/?token=${secret}&x=1`, 'x=1'],
  [
    'a signed address',
    `https://b.s3.amazonaws.com/k?X-Amz-Signature=${secret}&X-Amz-Date=2026`,
    'X-Amz-Date=2026',
  ],
  ['the studio’s own cookie', `Cookie: a=1; dailies_4000=${secret}`, 'Cookie'],
]

describe('the redactor', () => {
  test.each(lines)('takes the secret out of %s and leaves the rest', (_name, line, kept) => {
    const cleaned = createRedactor().clean(line)
    expect(cleaned).not.toContain(secret)
    expect(cleaned).toContain(kept)
  })

  test('hides a value it was told of, wherever that stands', () => {
    const redactor = createRedactor()
    redactor.hide('plain-looking-value')
    expect(redactor.clean('see plain-looking-value here')).toBe('see [redacted] here')
  })

  test('hides a value in every dress that a line gives it', () => {
    const redactor = createRedactor()
    const odd = 'p4"ss\\w/rd+ü'
    redactor.hide(odd)
    const line = JSON.stringify({ raw: odd, url: `https://x.test/${encodeURIComponent(odd)}` })
    expect(redactor.clean(line)).toBe('{"raw":"[redacted]","url":"https://x.test/[redacted]"}')
  })

  test('leaves ordinary lines as they are', () => {
    const line = '{"level":30,"msg":"a job moved","from":"queued","to":"submitting","tokens":12}'
    expect(createRedactor().clean(line)).toBe(line)
  })

  test.each(lines.filter(([, line]) => line.startsWith('{')))('%s stays JSON', (_name, line) => {
    expect(JSON.parse(createRedactor().clean(line))).toBeTypeOf('object')
  })
})

describe('the log', () => {
  test('writes redacted lines that only their owner reads', () => {
    const folder = tempFolder()
    const { log, close } = openLog(folder)
    log.error({ err: new Error(`GET /?token=${secret}`), apiKey: secret }, `Bearer ${secret}`)
    close()
    const path = join(folder, 'logs', 'dailies.log')
    const text = readFileSync(path, 'utf8')
    expect(text).not.toContain(secret)
    expect(text).toContain('[redacted]')
    // Windows knows no such bits and shows a file as readable and writable.
    expect(statSync(path).mode & 0o777).toBe(process.platform === 'win32' ? 0o666 : 0o600)
  })

  test('never fills the disk: old lines make way', () => {
    const folder = tempFolder()
    const { log, close } = openLog(folder)
    const filler = 'x'.repeat(100 * 1024)
    mkdirSync(join(folder, 'logs'))
    writeFileSync(join(folder, 'logs', 'dailies.9.log'), 'of a version that kept more')
    for (let n = 0; n < 400; n++) log.info(filler)
    close()
    const files = readdirSync(join(folder, 'logs'))
    expect(files).toContain('dailies.3.log')
    expect(files).not.toContain('dailies.9.log')
    expect(files.length).toBeLessThanOrEqual(4)
    const total = files.reduce((sum, name) => sum + statSync(join(folder, 'logs', name)).size, 0)
    expect(total).toBeLessThan(24 * 1024 * 1024)
  })

  test('one endless line does not push all others out, and is still JSON', () => {
    const folder = tempFolder()
    const { log, close } = openLog(folder)
    log.error({ answer: `${secret}\\"`.repeat(1_000_000) }, 'a service answered at length')
    close()
    const text = readFileSync(join(folder, 'logs', 'dailies.log'), 'utf8')
    expect(text.length).toBeLessThan(10_000)
    expect(JSON.parse(text)).toMatchObject({ level: 40, begins: expect.stringContaining('answer') })
  })

  test('a folder that cannot be written to does not stop the studio', () => {
    const folder = tempFolder()
    writeFileSync(join(folder, 'logs'), 'a file where the folder should be')
    const { log, close } = openLog(folder)
    expect(() => log.info('lost')).not.toThrow()
    close()
  })
})

function openLog(folder: string) {
  const logbook = createLog(folder, createRedactor())
  return { log: logbook.log, close: () => logbook.close() }
}
