import { describe, expect, it, test } from 'vitest'
import { claudeSecrets, ClaudeSettings, sentTo as claude } from '../../../src/main/assistant/settings'
import { HostingSettings, hostingSecrets, sentTo as hosting } from '../../../src/main/hosting/settings'
import type { Destination } from '../../../src/main/providers'
import { jimengSecrets, sentTo as jimeng } from '../../../src/main/providers/jimeng/settings'
import { sentTo as kling } from '../../../src/main/providers/kling/place'
import { klingSecrets } from '../../../src/main/providers/kling/settings'
import { addressesOf, placeOf } from '../../../src/main/providers/luma-ray2/place'
import { secrets as runwaySecrets, sentTo as runway } from '../../../src/main/providers/runway/settings'
import { AwsSettings } from '../../../src/main/aws'

const elsewhere = 'https://else.example'
const urls = (all: readonly Destination[]) => all.map(({ url }) => url)
const origins = (all: readonly Destination[]) => [...new Set(urls(all).map((url) => new URL(url).origin))]

describe('where the secrets of an account go', () => {
  test.each([
    ['jimeng', 'secretAccessKey', jimeng, {}, 'https://visual.volcengineapi.com'],
    ['jimeng', 'secretAccessKey', jimeng, { endpoint: elsewhere }, elsewhere],
    [
      'jimeng',
      'secretAccessKey',
      jimeng,
      { kind: 'relay', relayUrl: elsewhere },
      'https://visual.volcengineapi.com',
    ],
    ['jimeng', 'relayKey', jimeng, { endpoint: elsewhere }, 'https://yunwu.ai'],
    ['jimeng', 'relayKey', jimeng, { kind: 'relay', relayUrl: `${elsewhere}/` }, elsewhere],
    ['kling', 'apiKey', kling, {}, 'https://api-singapore.klingai.com'],
    ['kling', 'apiKey', kling, { kind: 'china' }, 'https://api-beijing.klingai.com'],
    ['kling', 'apiKey', kling, { kind: 'relay', relayUrl: elsewhere }, elsewhere],
    ['kling', 'secretKey', kling, { baseUrl: elsewhere }, elsewhere],
    ['runway', 'apiKey', runway, {}, 'https://api.dev.runwayml.com'],
    ['runway', 'apiKey', runway, { baseUrl: elsewhere }, elsewhere],
    ['runway', 'apiKey', runway, { kind: 'relay', relayUrl: elsewhere }, 'https://api.dev.runwayml.com'],
    ['runway', 'relayKey', runway, { kind: 'relay', relayUrl: elsewhere }, elsewhere],
  ])('%s sends its %s to one address, whichever that is', (_id, secret, sentTo, settings, origin) => {
    expect(origins(sentTo(secret, settings))).toEqual([origin])
  })

  it('a relay that is not named yet is no address', () => {
    expect(runway('relayKey', {})).toEqual([])
  })

  it('is said of every secret there is', () => {
    const of = (secrets: readonly { name: string }[], sentTo: (name: string) => Destination[]) =>
      secrets.map(({ name }) => sentTo(name).length > 0)
    const said = [
      of(jimengSecrets, (name) => jimeng(name, {})),
      of(klingSecrets, (name) => kling(name, {})),
      of(runwaySecrets, (name) => runway(name, { kind: 'relay', relayUrl: elsewhere })),
      of(claudeSecrets, (name) => claude(name, ClaudeSettings.parse({}))),
      of(hostingSecrets, () => hosting(HostingSettings.parse({ bucket: 'my-images' }))),
    ]
    expect(said.flat()).not.toContain(false)
  })
})

describe('at AWS', () => {
  const settings = (change: object) => AwsSettings.parse({ bucket: 'my-videos', ...change })

  it('another region is no other address, a typed address is one, and so is another partition', () => {
    const at = (change: object) => addressesOf(settings(change), null)
    expect(new Set([...at({ region: 'us-east-1' }), ...at({})])).toEqual(new Set(['https://amazonaws.com']))
    expect(at({ region: 'cn-north-1' })).toContain('https://amazonaws.com.cn')
    for (const name of ['bedrockEndpoint', 'bedrockControlEndpoint', 's3Endpoint', 'stsEndpoint']) {
      expect(at({ [name]: elsewhere })).toContain(elsewhere)
    }
  })

  it('a typed address that only looks like one of AWS’s own is another', () => {
    const typed = 'https://ec2-203-0-113-7.compute-1.amazonaws.com'
    expect(addressesOf(settings({ s3Endpoint: typed }), null)).toContain(typed)
  })

  it('a job takes the address along that it was frozen with', () => {
    const own = 'https://bedrock-runtime.us-west-2.amazonaws.com'
    expect(new Set(addressesOf(settings(placeOf(settings({}))), own))).toEqual(
      new Set(['https://amazonaws.com']),
    )
    expect(addressesOf(settings({}), elsewhere)).toContain(elsewhere)
  })

  it('a Bedrock API key goes to Bedrock alone, and keys of a store to the store alone', () => {
    const at = ClaudeSettings.parse({ s3Endpoint: elsewhere, stsEndpoint: elsewhere })
    expect(origins(claude('bedrockApiKey', at))).toEqual(['https://amazonaws.com'])
    expect(origins(claude('secretAccessKey', at))).toContain(elsewhere)
    const store = HostingSettings.parse({ bucket: 'my-images', s3Endpoint: elsewhere })
    expect(urls(hosting(store))).toEqual([elsewhere])
  })
})
