import { expect, test } from 'vitest'
import { Base64Decoder, BadBase64 } from '../../../src/main/providers/wan22/base64'
import { AnswerScanner, BadAnswer } from '../../../src/main/providers/wan22/scan'

/** Reads an answer in pieces of so many bytes. */
function read(text: string, pieces = text.length) {
  const bytes = Buffer.from(text)
  const decoder = new Base64Decoder()
  const made: Buffer[] = []
  const scanner = new AnswerScanner((part) =>
    decoder.push(part, (piece) => {
      made.push(Buffer.from(piece))
      return null
    }),
  )
  for (let at = 0; at < bytes.length; at += pieces) void scanner.push(bytes.subarray(at, at + pieces))
  const end = scanner.end()
  if (end) made.push(Buffer.from(decoder.end()))
  return { end, video: Buffer.concat(made) }
}

const video = Buffer.from(Array.from({ length: 301 }, (_, at) => (at * 37) & 0xff))
const base64 = video.toString('base64')
const details = { prompt: 'She says "hi" \\ ünïcode 猫\n', seed: 7 }

const layouts: [string, string][] = [
  ['wrapped', JSON.stringify({ run_id: 'r', run_time_ms: 1.5, result: { video_base64: base64, details } })],
  ['unwrapped', JSON.stringify({ video_base64: base64, details })],
  ['the video last', JSON.stringify({ run_id: 'r', result: { details, video_base64: base64 } })],
  ['with spaces and lines', JSON.stringify({ result: { details, video_base64: base64 } }, null, 4)],
  ['with escaped slashes', JSON.stringify({ details, video_base64: base64 }).replaceAll('/', '\\/')],
  [
    'with other escapes in name and value',
    JSON.stringify({ details, video_base64: base64 })
      .replace('video_base64', 'video\\u005fbase64')
      .replaceAll('+', '\\u002b'),
  ],
]

test.each(layouts)('an answer %s gives the same video however it is cut into pieces', (_name, text) => {
  for (const pieces of [1, 2, 3, 5, 7, 64, text.length]) {
    const { end, video: found } = read(text, pieces)
    expect(found.equals(video)).toBe(true)
    expect(end?.hasVideo).toBe(true)
    expect(JSON.stringify(end?.answer)).toContain(JSON.stringify(details))
    expect(JSON.stringify(end?.answer)).toContain('"video_base64":""')
  }
})

test('a prompt that speaks of video_base64, and one deeper down, are not taken for the video', () => {
  const prompt = '"video_base64":"QUJD"'
  const { video: found, end } = read(
    JSON.stringify({ result: { details: { prompt, video_base64: 'QUJD' }, list: ['video_base64', 'QUJD'] } }),
    4,
  )
  expect(found.byteLength).toBe(0)
  expect(end).toMatchObject({ hasVideo: false, answer: { result: { details: { prompt } } } })
})

test.each([
  ['half of the video', `{"video_base64":"${base64.slice(0, 40)}`],
  ['a missing brace', `{"result":{"video_base64":"${base64}"}`],
  ['an escape that was cut', '{"a":"\\u00'],
  ['nothing at all', ''],
])('%s is known as an answer that was cut, and never as a whole one', (_name, text) => {
  expect(read(text, 5).end).toBeNull()
})

test.each([
  ['a comma too many', `{"video_base64":"${base64}",}`],
  ['a word', `{"video_base64":"${base64}","a":nope}`],
  ['two of them', '{}{}'],
  ['a bad escape', `{"video_base64":"\\x","a":1}`],
  ['two videos', `{"video_base64":"${base64}","result":{"video_base64":"${base64}"}}`],
])('%s is no JSON, although the video in it could be read', (_name, text) => {
  expect(() => read(text, 6)).toThrow(BadAnswer)
})

test('what an app says beside the video is cut in memory, and endless talk is refused', () => {
  const log = 'x\\n'.repeat(20_000)
  const { end, video: found } = read(`{"log":"${log}","video_base64":"${base64}"}`, 1000)
  expect(found.equals(video)).toBe(true)
  expect(JSON.stringify(end?.answer).length).toBeLessThan(20_000)
  expect(() => read(`[${'1,'.repeat(600_000)}1]`, 4096)).toThrow(BadAnswer)
})

test.each(['QUJ!', 'QU JD', 'QQ=A', 'QQ==QQ==', 'QUJDQ', 'QQ==Q', '====', 'Q===', 'QUJDé'])(
  'Node would read %j, which is no base64, and it is refused in any pieces',
  (text) => {
    for (const pieces of [1, 2, 3, text.length]) {
      expect(() => read(JSON.stringify({ video_base64: text }), pieces)).toThrow(BadBase64)
    }
  },
)

test('base64 with and without padding, and its other alphabet, is read', () => {
  for (const text of ['QQ', 'QQ==', 'QUI', 'QUI=', 'QUJD', '-_-_']) {
    expect(read(JSON.stringify({ video_base64: text }), 3).video).toEqual(Buffer.from(text, 'base64'))
  }
})
