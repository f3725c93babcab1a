import { expect, test } from 'vitest'
import { signedHeaders } from '../../../src/main/providers/jimeng/sign'
import { refusalOf } from '../../simulators/jimeng/verify'

const keys = { accessKeyId: 'AKLTEXAMPLE', secretAccessKey: 'SKEXAMPLE' }
const url = 'https://visual.volcengineapi.com/?Action=CVSync2AsyncSubmitTask&Version=2022-08-31'
const body = '{"req_key":"jimeng_t2v_v30","prompt":"a cat","seed":-1,"frames":121,"aspect_ratio":"16:9"}'
const at = Date.UTC(2026, 0, 1)

test('the signature is the one that the vendor’s own code makes', () => {
  expect(signedHeaders({ method: 'POST', url, body, at }, keys)).toEqual({
    'x-date': '20260101T000000Z',
    'x-content-sha256': 'c8b20c30685dd6838d0d70e6351fdae202131c02c7e7220f48f595b1fb33841a',
    authorization:
      'HMAC-SHA256 Credential=AKLTEXAMPLE/20260101/cn-north-1/cv/request, SignedHeaders=host;x-content-sha256;x-date, Signature=cf7b2bd95b028995d31ff235513d7c9e4f3724205d93b034c37b33761a161df4',
  })
})

test('a content type that is sent is signed too', () => {
  const headers = { 'content-type': 'application/json' }
  expect(signedHeaders({ method: 'POST', url, body, headers, at }, keys)['authorization']).toContain(
    'SignedHeaders=content-type;host;x-content-sha256;x-date, Signature=675e622dacfdf095a968459076c5bcc6cfa9547957e59189228e63a28d328ac1',
  )
})

test.each([
  [
    'a query out of order, with signs that must be escaped',
    'http://127.0.0.1:4010/?b=2&a=1%20(x)*&Version=1',
  ],
  ['a path behind the host', 'http://127.0.0.1:4010/gate/cv%20x/?Action=A'],
])('%s is signed as the gateway reads it', (_name, url) => {
  const secret = { ...keys, sessionToken: 'STS-token' }
  const headers = signedHeaders({ method: 'POST', url, body, at }, secret)
  expect(headers['authorization']).toContain('x-security-token')
  const { host, pathname, search } = new URL(url)
  const request = {
    method: 'POST',
    path: pathname,
    query: search.slice(1),
    headers: { ...headers, host },
    body: Buffer.from(body),
  }
  expect(refusalOf(request, secret, at)).toBeNull()
  expect(refusalOf({ ...request, body: Buffer.from(`${body} `) }, secret, at)?.code).toBe(
    'SignatureDoesNotMatch',
  )
  expect(refusalOf(request, { ...secret, secretAccessKey: 'other' }, at)?.code).toBe('SignatureDoesNotMatch')
})
