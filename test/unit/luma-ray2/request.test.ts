import { expect, test } from 'vitest'
import { requestOf, startBody } from '../../../src/main/providers/luma-ray2/request'
import { placeOf } from '../../../src/main/providers/luma-ray2/place'
import { assetRow, firstId, jobRow, lastId, token } from './kit'

const settings = { signIn: 'default', region: 'us-west-2', bucket: 'films', prefix: 'dailies' }
const place = placeOf(settings)
const frame = () => ({ mime: 'image/jpeg', data: 'AAEC' })
const keyframe = {
  type: 'image',
  source: { type: 'base64', media_type: 'image/jpeg', data: 'AAEC' },
}

test('the wire’s own shape: modelInput is an object, an untouched parameter is not there, the token is the job’s', () => {
  const body = startBody(jobRow(), place, frame)
  expect(JSON.stringify(body)).toBe(
    '{"modelId":"luma.ray-v2:0","modelInput":{"prompt":"A lighthouse in a storm","duration":"5s",' +
      '"resolution":"540p"},"outputDataConfig":{"s3OutputDataConfig":{"s3Uri":"s3://films/dailies/"}},' +
      `"clientRequestToken":"${token}"}`,
  )
})

test('everything that can be asked is sent verbatim', () => {
  const params = { ratio: '21:9', duration: '9s', resolution: '720p', loop: false }
  const inputs = [
    { role: 'last' as const, assetId: lastId },
    { role: 'first' as const, assetId: firstId },
  ]
  const kmsKeyId = 'arn:aws:kms:us-west-2:123456789012:key/abc'
  const tags = [{ key: 'studio', value: 'dailies' }]
  const full = placeOf({ ...settings, kmsKeyId, bucketOwner: '123456789012', tags })
  expect(startBody(jobRow({ params, inputs }), full, frame)).toEqual({
    modelId: 'luma.ray-v2:0',
    modelInput: {
      prompt: 'A lighthouse in a storm',
      aspect_ratio: '21:9',
      duration: '9s',
      resolution: '720p',
      loop: false,
      keyframes: { frame0: keyframe, frame1: keyframe },
    },
    outputDataConfig: {
      s3OutputDataConfig: { s3Uri: 's3://films/dailies/', kmsKeyId, bucketOwner: '123456789012' },
    },
    clientRequestToken: token,
    tags,
  })
})

test.each([
  ['first', { frame0: keyframe }],
  ['last', { frame1: keyframe }],
] as const)('the %s frame alone takes its own place', (role, keyframes) => {
  const body = startBody(jobRow({ inputs: [{ role, assetId: firstId }] }), place, frame)
  expect(body.modelInput.keyframes).toEqual(keyframes)
})

test('a job is the same bytes after a restart, whatever order its row came back in', () => {
  const inputs = [{ role: 'first' as const, assetId: firstId }]
  const body = (params: Record<string, unknown>) =>
    JSON.stringify(startBody(jobRow({ params, inputs }), place, frame))
  const written = body({ duration: '5s', resolution: '720p', ratio: '1:1', loop: true })
  expect(body({ loop: true, ratio: '1:1', resolution: '720p', duration: '5s' })).toBe(written)
  const stored = placeOf(
    JSON.parse(JSON.stringify({ ...place, signIn: 'default' })) as Record<string, unknown>,
  )
  expect(stored).toEqual(place)
})

test('a place holds no word on who signs in', () => {
  const written = placeOf({ ...settings, signIn: 'profile', profile: 'studio', readTimeoutSeconds: 5 })
  expect(Object.keys(written)).not.toContain('profile')
  expect(JSON.stringify(written)).not.toContain('studio')
})

test('the preview names images instead of spelling them out', () => {
  const inputs = [{ role: 'first' as const, assetId: firstId }]
  const asset = () => assetRow()
  const shown = requestOf(jobRow({ inputs }), place, asset)
  expect(shown.url).toBe('https://bedrock-runtime.us-west-2.amazonaws.com/async-invoke')
  expect(shown.body).toMatchObject({
    modelInput: { keyframes: { frame0: { source: { data: '<base64 of photo.jpg, 1.2 MB>' } } } },
  })
  const small = requestOf(jobRow({ inputs }), place, () => assetRow({ bytes: 48_001 }))
  expect(JSON.stringify(small.body)).toContain('49 kB')
})

test('the preview goes to the address the job was frozen with', () => {
  const endpoint = 'http://127.0.0.1:4000'
  expect(requestOf(jobRow({ endpoint }), place, () => null).url).toBe(`${endpoint}/async-invoke`)
  expect(placeOf({ ...settings, bedrockEndpoint: endpoint }).bedrockEndpoint).toBe(endpoint)
})
