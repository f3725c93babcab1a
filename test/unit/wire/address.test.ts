import { expect, test } from 'vitest'
import { Address, addressRule, baseOf } from '../../../src/main/wire'

test.each([
  ['https://yunwu.ai', null],
  ['https://gateway.example.com:8443/runway/', null],
  ['http://127.0.0.1:4000', null],
  ['http://localhost:4000/v1', null],
  ['http://yunwu.ai', 'wire.addressPlain'],
  ['https://me:secret@yunwu.ai', 'wire.addressSecret'],
  ['https://yunwu.ai/?key=1', 'wire.address'],
  ['yunwu.ai', 'wire.address'],
  ['ftp://yunwu.ai', 'wire.address'],
])('%s as the address of a service: %s', (text, key) => {
  expect(addressRule(text)).toBe(key)
  expect(Address.safeParse(text).success).toBe(key === null)
})

test('an address with a slash at its end gives no double slash before a path', () => {
  expect(baseOf('https://gateway.example.com/runway//')).toBe('https://gateway.example.com/runway')
})
