import { z } from 'zod'
import type { Price } from '@shared/contract'
import { moneyOf, perSecond } from './prices'

/**
 * What gen4.5 can hand over (`@runwayml/sdk` 4.20.1, `ImageToVideoCreateParams.Gen4_5`), and the credits a second on top
 * of the video's own. Those that come as a ZIP of pictures are no video and are not offered.
 */
const formats = {
  mp4: { file: 'mp4', more: 0 },
  prores: { file: 'mov', more: 5 },
  hdr10: { file: 'mp4', more: 20 },
  hlg: { file: 'mp4', more: 20 },
  sdr_rec709_10bit: { file: 'mp4', more: 20 },
  hdr_pq_12bit_master: { file: 'mov', more: 20 },
  hdr_prores: { file: 'mov', more: 20 },
} as const
type Format = keyof typeof formats

const names = Object.keys(formats) as [Format, ...Format[]]
const profiles = ['422 Proxy', '422 LT', '422', '422 HQ', '4444', '4444 XQ'] as const
/** Of HDR, which the others would quantize too heavily, or in more bits than it has. */
const hdrProfiles: readonly string[] = ['422', '422 HQ', '4444']

export const outputFormat = z
  .enum(names)
  .optional()
  .meta({ title: 'outputFormat', default: 'mp4', 'x-ui': { place: 'more', control: 'choice' } })

export const proresProfile = z
  .enum(profiles)
  .optional()
  .meta({
    title: 'proresProfile',
    'x-ui': {
      place: 'more',
      control: 'choice',
      only: { params: { outputFormat: ['prores', 'hdr_prores'] }, needs: [], without: [] },
    },
  })

interface Chosen {
  outputFormat?: Format | undefined
  proresProfile?: (typeof profiles)[number] | undefined
}

/** What is wrong with a profile for a format: the key of the sentence; null where nothing is. */
export function profileFault({ outputFormat, proresProfile }: Chosen): string | null {
  if (proresProfile === undefined) return null
  if (outputFormat === 'prores') return null
  if (outputFormat !== 'hdr_prores') return 'runway.profileFormat'
  return hdrProfiles.includes(proresProfile) ? null : 'runway.profileHdr'
}

/** The ending of the file that a format comes in. */
export function fileOf(format: unknown): 'mp4' | 'mov' {
  return names.find((name) => name === format) === undefined ? 'mp4' : formats[format as Format].file
}

/** A price of so many credits a second, dearer by what the format adds. */
export function pricedByFormat(credits: number): Price {
  const dearer = names.filter((name) => formats[name].more > 0)
  return {
    ...perSecond(credits),
    tiers: [
      ...dearer.map((name) => ({
        when: { outputFormat: name },
        micros: moneyOf(credits + formats[name].more).micros,
      })),
      { when: {}, micros: moneyOf(credits).micros },
    ],
  }
}
