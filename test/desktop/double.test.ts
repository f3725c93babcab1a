import type * as Whole from 'electron'
import { describe, expect, expectTypeOf, test } from 'vitest'
import type * as Double from './double/electron'
import { fromChromium, toChromium } from './double/engine/address'
import { codec } from './double/engine/clone'
import { proxyValue } from './double/modules/proxy'
import { missing, strict } from './double/strict'

describe('the double of Electron', () => {
  test('has every name of the module, so that importing one never fails before it is used', () => {
    expectTypeOf<Exclude<keyof typeof Whole, keyof typeof Double>>().toEqualTypeOf<never>()
  })

  test('throws by its name what it does not have, and is asked for promises and symbols in peace', async () => {
    const some = strict('app', { quit: () => 'quit' }) as unknown as Record<string, () => string>
    expect(some['quit']?.()).toBe('quit')
    expect(() => some['moveToApplicationsFolder']?.()).toThrow('no app.moveToApplicationsFolder')
    expect(await Promise.resolve(some)).toBe(some)
    const whole = missing('TouchBar') as unknown as { new (): object; items: unknown }
    expect(() => new whole()).toThrow('no TouchBar')
    expect(() => whole.items).toThrow('no TouchBar.items')
  })

  test.each([
    ['dailies://studio/', 'http://studio.dailies.localhost/'],
    ['dailies://studio/media/1?v=a#b', 'http://studio.dailies.localhost/media/1?v=a#b'],
    ['https://example.com/a', 'https://example.com/a'],
    ['file:///etc/passwd', 'file:///etc/passwd'],
  ])('shows %s to Chromium as %s, and back', (own, chromiums) => {
    expect(toChromium(own)).toBe(chromiums)
    expect(fromChromium(chromiums)).toBe(own)
  })

  test('takes no other host of this computer for a scheme of the program', () => {
    for (const address of [
      'http://localhost/',
      'http://dailies.localhost/',
      'http://studio.dailies.localhost:81/',
    ]) {
      expect(fromChromium(address)).toBe(address)
    }
  })

  test('has Chromium hold the proxy that a session is given, past which only schemes of the program go', () => {
    expect(proxyValue({ mode: 'direct' })).toEqual({ mode: 'direct' })
    expect(proxyValue({ proxyRules: 'http://127.0.0.1:9', proxyBypassRules: '<-loopback>' })).toEqual({
      mode: 'fixed_servers',
      rules: {
        singleProxy: { scheme: 'http', host: '127.0.0.1', port: 9 },
        bypassList: ['<-loopback>', 'http://*.localhost:80'],
      },
    })
  })

  test.each([
    [{ mode: 'auto_detect' as const }, 'session.setProxy in the mode auto_detect'],
    [{ pacScript: 'data:,' }, 'session.setProxy in the mode pac_script'],
    [{ proxyRules: 'http=a:1;https=b:2' }, 'session.setProxy with the rules http=a:1;https=b:2'],
    [{ proxyRules: 'socks5://[::1]' }, 'session.setProxy with the rules socks5://[::1]'],
  ])('takes no proxy that its Chromium would not hold: %j', (config, named) => {
    expect(() => proxyValue(config)).toThrow(`The double of electron has no ${named}`)
  })

  test('carries what structured clones carry, with its own types, holes and circles', () => {
    const circle: Record<string, unknown> = { name: '圆 \ud800' }
    circle['self'] = circle
    const value = {
      nothing: undefined,
      zero: -0,
      endless: -Infinity,
      big: 2n ** 70n,
      date: new Date(0),
      pattern: /a+/gi,
      map: new Map<unknown, unknown>([[{ key: 1 }, new Set(['x'])]]),
      bytes: new Uint8Array([0, 255, 128]).subarray(1),
      floats: new Float64Array([0.1]),
      buffer: new Uint8Array([1, 2]).buffer,
      error: new RangeError('too far'),
      circle,
      __proto__x: 1,
    }
    const back = codec.decode(codec.encode(value)) as typeof value
    expect(back).toEqual(structuredClone(value))
    expect(Object.is(back.zero, -0)).toBe(true)
    expect(back.bytes).toBeInstanceOf(Uint8Array)
    expect(back.circle['self']).toBe(back.circle)
    expect(() => codec.encode({ run: () => 1 })).toThrow('A function could not be cloned')
    expect(() => codec.encode(Promise.resolve())).toThrow('A Promise could not be cloned')
  })
})
