import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pino from 'pino'
import sharp from 'sharp'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createAssets } from '../../../src/main/assets'
import { openHistory } from '../../../src/main/history'
import type { InputRule } from '../../../src/shared/contract'
import { StudioError } from '../../../src/shared/problems'
import { ManualClock, seededRandom } from '../../support/clock'
import { tempFolder } from '../../support/folder'
import { animatedPng, picture, pixelsOf, telltale, withHole } from './pictures'

const rule: InputRule = {
  role: 'first',
  required: false,
  max: 1,
  mimes: ['image/jpeg', 'image/png', 'image/webp'],
  maxBytes: 5_000_000,
  minSide: 300,
  maxSide: 2000,
  minRatio: 0.5,
  maxRatio: 2,
  sent: 'bytes',
}

async function shelf(rules: InputRule[] = [rule]) {
  const dataDir = tempFolder()
  const clock = new ManualClock()
  const log = pino({ level: 'silent' })
  const history = await openHistory({ dataDir, clock, log })
  onTestFinished(() => history.close())
  const assets = createAssets({
    store: history.assets,
    dataDir,
    clock,
    random: seededRandom(),
    log,
    modelById: (id) => (id === 'model' ? rules : null),
  })
  const stored = (id: string) => readFileSync(assets.path(id) ?? '')
  return { assets, stored, dataDir }
}

const failure = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => error,
  )

describe('an imported image', () => {
  test.each(['jpeg', 'png', 'webp'] as const)('keeps a plain %s byte for byte', async (format) => {
    const { assets, stored } = await shelf()
    const bytes = await picture().toFormat(format).toBuffer()
    const asset = await assets.import({ name: `fox.${format}`, bytes })
    expect(asset).toMatchObject({
      name: `fox.${format}`,
      width: 120,
      height: 80,
      mime: `image/${format}`,
      bytes: bytes.byteLength,
      alpha: false,
      notes: [],
      hash: createHash('sha256').update(bytes).digest('hex'),
    })
    expect(stored(asset.id).equals(bytes)).toBe(true)
    expect(assets.get(asset.id)).toEqual(asset)
  })

  test.each(['jpeg', 'png', 'webp'] as const)(
    'loses who took it and where, but not a pixel, as %s',
    async (format) => {
      const { assets, stored } = await shelf()
      const bytes = await picture()
        .withExif(telltale)
        .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/"><who>Ada Secret</who></x:xmpmeta>')
        .toFormat(format)
        .toBuffer()
      expect(bytes.includes('Ada Secret')).toBe(true)
      const asset = await assets.import({ name: 'fox', bytes })
      const kept = stored(asset.id)
      expect(kept.includes('Ada Secret')).toBe(false)
      const { exif, xmp } = await sharp(kept).metadata()
      expect({ exif, xmp }).toEqual({ exif: undefined, xmp: undefined })
      expect((await pixelsOf(kept)).equals(await pixelsOf(bytes))).toBe(true)
      expect(asset.notes).toEqual([])
    },
  )

  test('loses a second picture that a phone hid behind the first', async () => {
    const { assets, stored } = await shelf()
    const bytes = await picture().jpeg({ progressive: true }).toBuffer()
    const hidden = await picture(32, 32).withExif(telltale).jpeg().toBuffer()
    const asset = await assets.import({ name: 'fox.jpg', bytes: Buffer.concat([bytes, hidden]) })
    expect(stored(asset.id).equals(bytes)).toBe(true)
  })

  test('is stored once however often it comes', async () => {
    const { assets, dataDir } = await shelf()
    const bytes = await picture().png().toBuffer()
    const [one, two] = await Promise.all([
      assets.import({ name: 'a.png', bytes }),
      assets.import({ name: 'b.png', bytes }),
    ])
    expect(two).toEqual(one)
    expect(readdirSync(join(dataDir, 'assets'), { recursive: true })).toHaveLength(3)
  })

  test('is written again when its file was lost', async () => {
    const { assets, stored } = await shelf()
    const bytes = await picture().png().toBuffer()
    const asset = await assets.import({ name: 'a.png', bytes })
    rmSync(assets.path(asset.id) ?? '')
    expect((await assets.import({ name: 'a.png', bytes })).id).toBe(asset.id)
    expect(stored(asset.id).equals(bytes)).toBe(true)
  })

  test('is turned upright when only a tag says how it was held', async () => {
    const { assets, stored } = await shelf()
    const bytes = await picture().withMetadata({ orientation: 6 }).jpeg().toBuffer()
    const asset = await assets.import({ name: 'held.jpg', bytes })
    expect(asset).toMatchObject({ width: 80, height: 120, mime: 'image/jpeg', notes: ['rotated'] })
    expect((await sharp(stored(asset.id)).metadata()).orientation).toBeUndefined()
  })

  test.each([
    ['CMYK', () => picture().toColourspace('cmyk').jpeg(), 'image/jpeg'],
    ['16 bits', () => picture().toColourspace('rgb16').png(), 'image/png'],
    ['Display P3', () => picture().withIccProfile('p3').jpeg(), 'image/jpeg'],
  ] as const)('becomes sRGB from %s', async (_, make, mime) => {
    const { assets, stored } = await shelf()
    const asset = await assets.import({ name: 'x', bytes: await make().toBuffer() })
    expect(asset).toMatchObject({ mime, width: 120, height: 80, notes: ['colour_converted'] })
    expect(await sharp(stored(asset.id)).metadata()).toMatchObject({
      space: 'srgb',
      depth: 'uchar',
      hasProfile: false,
    })
  })

  test('keeps a colour profile that is sRGB anyway', async () => {
    const { assets, stored } = await shelf()
    const bytes = await picture().withIccProfile('srgb').jpeg().toBuffer()
    const asset = await assets.import({ name: 'x.jpg', bytes })
    expect(asset.notes).toEqual([])
    expect(stored(asset.id).equals(bytes)).toBe(true)
  })

  test.each(['gif', 'webp'] as const)('is the first frame of a moving %s', async (format) => {
    const { assets, stored } = await shelf()
    const frames = await Promise.all([0, 255].map((grey) => still(grey)))
    const bytes = await sharp(frames, { join: { animated: true } })
      .toFormat(format, { lossless: true })
      .toBuffer()
    expect((await sharp(bytes).metadata()).pages).toBe(2)
    const asset = await assets.import({ name: 'moving', bytes })
    expect(asset).toMatchObject({ mime: 'image/png', notes: ['first_frame_only', 'converted'] })
    const kept = await sharp(stored(asset.id)).metadata()
    expect([kept.width, kept.height, kept.pages]).toEqual([16, 16, undefined])
    expect((await pixelsOf(stored(asset.id)))[0]).toBe(0)
  })

  test('is the still picture of an animated PNG, its pixels untouched', async () => {
    const { assets, stored } = await shelf()
    const bytes = await animatedPng()
    const asset = await assets.import({ name: 'moving.png', bytes })
    expect(asset).toMatchObject({ mime: 'image/png', notes: ['first_frame_only'] })
    expect(stored(asset.id).includes('acTL')).toBe(false)
    expect((await pixelsOf(stored(asset.id))).equals(await pixelsOf(bytes))).toBe(true)
  })

  test.each(['tiff', 'avif', 'gif'] as const)('becomes a PNG from %s', async (format) => {
    const { assets } = await shelf()
    const bytes = await picture().toFormat(format).toBuffer()
    expect(await assets.import({ name: 'x', bytes })).toMatchObject({
      mime: 'image/png',
      notes: ['converted'],
      width: 120,
      height: 80,
    })
  })

  test('tells whether something can be seen through it, and not merely whether it could', async () => {
    const { assets } = await shelf()
    const hole = await (await withHole()).png().toBuffer()
    const none = await picture().ensureAlpha().png().toBuffer()
    expect(await assets.import({ name: 'hole.png', bytes: hole })).toMatchObject({
      alpha: true,
      mime: 'image/png',
    })
    expect(await assets.import({ name: 'none.png', bytes: none })).toMatchObject({ alpha: false })
  })

  test('may be as small as one pixel: limits are the models’', async () => {
    const { assets } = await shelf()
    const bytes = await picture(1, 1).png().toBuffer()
    expect(await assets.import({ name: 'dot.png', bytes })).toMatchObject({ width: 1, height: 1 })
  })

  test('has a name without path or control characters', async () => {
    const { assets } = await shelf()
    const bytes = await picture().png().toBuffer()
    const names = ['C:\\Users\\Ada\\a\nfox.png', '', `${'x'.repeat(500)}.png`, '../..']
    const taken = []
    for (const [at, name] of names.entries()) {
      taken.push(
        (
          await assets.import({
            name,
            bytes: await picture(20 + at, 20)
              .png()
              .toBuffer(),
          })
        ).name,
      )
    }
    expect(taken).toEqual(['a fox.png', 'image', 'x'.repeat(200), '..'])
    expect(bytes.byteLength).toBeGreaterThan(0)
  })

  test('has a thumbnail, made again when it was lost', async () => {
    const { assets } = await shelf()
    const bytes = await picture(800, 400).png().toBuffer()
    const { id } = await assets.import({ name: 'x.png', bytes })
    const path = (await assets.thumb(id)) ?? ''
    expect(await sharp(path).metadata()).toMatchObject({ format: 'webp', width: 320, height: 160 })
    rmSync(path)
    expect(await assets.thumb(id)).toBe(path)
    expect(existsSync(path)).toBe(true)
    rmSync(path)
    writeFileSync(assets.path(id) ?? '', 'broken')
    expect(await assets.thumb(id)).toBeNull()
  })
})

const jpeg = () => picture().jpeg().toBuffer()
const heic = Buffer.concat([
  Buffer.from([0, 0, 0, 24]),
  Buffer.from('ftypheic\0\0\0\0mif1heic'),
  Buffer.alloc(200),
])

describe('a file that is no usable image', () => {
  test.each([
    ['nothing at all', async () => Buffer.alloc(0), 'image.empty', 'invalid_request'],
    [
      'a renamed text file',
      async () => Buffer.from('Dear diary, '.repeat(50)),
      'image.notImage',
      'unsupported_media',
    ],
    [
      'a page of HTML',
      async () => Buffer.from('<!doctype html><p>Not found'),
      'image.notImage',
      'unsupported_media',
    ],
    ['a JPEG cut short', async () => (await jpeg()).subarray(0, -40), 'image.damaged', 'invalid_request'],
    ['the head of a JPEG', async () => (await jpeg()).subarray(0, 30), 'image.damaged', 'invalid_request'],
    [
      'a PNG cut short',
      async () => (await picture().png().toBuffer()).subarray(0, -40),
      'image.damaged',
      'invalid_request',
    ],
    [
      'a WebP cut short',
      async () => (await picture().webp().toBuffer()).subarray(0, -40),
      'image.damaged',
      'invalid_request',
    ],
    [
      'an AVIF cut short',
      async () => (await picture().avif().toBuffer()).subarray(0, -40),
      'image.damaged',
      'invalid_request',
    ],
    ['a HEIC photo', async () => heic, 'image.unsupported', 'unsupported_media'],
    ['a PDF', async () => Buffer.from('%PDF-1.7\n'), 'image.unsupported', 'unsupported_media'],
    [
      'an SVG',
      async () => Buffer.from('<?xml version="1.0"?>\n<!-- x --><svg xmlns="x"/>'),
      'image.unsupported',
      'unsupported_media',
    ],
    [
      'a BMP',
      async () => Buffer.concat([Buffer.from('BM'), Buffer.alloc(60)]),
      'image.unsupported',
      'unsupported_media',
    ],
  ] as const)('is refused with one sentence: %s', async (_, make, key, code) => {
    const { assets, dataDir } = await shelf()
    const error = await failure(assets.import({ name: 'x.jpg', bytes: await make() }))
    expect(error).toMatchObject({ key, code })
    expect(existsSync(join(dataDir, 'assets'))).toBe(false)
  })

  test.each(['jpeg', 'png', 'webp', 'gif', 'tiff', 'avif'] as const)(
    'is refused or taken, but never breaks the studio, however its bytes are mangled: %s',
    async (format) => {
      const { assets } = await shelf()
      const random = seededRandom(3)
      const whole = await picture(40, 30).withExif(telltale).toFormat(format).toBuffer()
      for (let round = 0; round < 60; round += 1) {
        const bytes = Buffer.from(
          whole.subarray(0, Math.ceil(whole.length * (round % 3 === 0 ? random.fraction() : 1))),
        )
        for (let hit = 0; hit < 4; hit += 1) {
          bytes[Math.floor(random.fraction() * bytes.length)] = Math.floor(random.fraction() * 256)
        }
        const outcome = await assets.import({ name: 'x', bytes }).catch((error: unknown) => error)
        expect(outcome instanceof StudioError || (outcome as { mime?: string }).mime !== undefined).toBe(true)
      }
    },
  )

  test('names the format it refuses and what to do', async () => {
    const { assets } = await shelf()
    const error = await failure(assets.import({ name: 'x.jpg', bytes: heic }))
    expect(error).toMatchObject({
      message: 'HEIC files cannot be read here.',
      hint: 'Convert it to JPEG or PNG.',
    })
  })

  test('is refused for its pixels before they are unfolded', async () => {
    const { assets } = await shelf()
    const bytes = await sharp({
      create: { width: 20_000, height: 20_000, channels: 3, background: '#000' },
      limitInputPixels: false,
    })
      .png({ compressionLevel: 1 })
      .toBuffer()
    expect(await failure(assets.import({ name: 'x.png', bytes }))).toMatchObject({
      code: 'too_large',
      key: 'image.tooLarge',
      values: { width: 20_000, height: 20_000, limit: 16_384 },
    })
  })

  test('is refused for its weight without being read to the end', async () => {
    const { assets } = await shelf()
    let given = 0
    let cancelled = false
    const bytes = new ReadableStream<Uint8Array>({
      pull(controller) {
        given += 1_000_000
        controller.enqueue(new Uint8Array(1_000_000))
      },
      cancel() {
        cancelled = true
      },
    })
    expect(await failure(assets.import({ name: 'x.png', bytes }))).toMatchObject({
      code: 'too_large',
      key: 'image.tooHeavy',
      values: { limit: 100 },
    })
    expect(cancelled).toBe(true)
    expect(given).toBeLessThanOrEqual(103_000_000)
  })

  test('is refused for its weight by its size on disk alone', async () => {
    const { assets, dataDir } = await shelf()
    const path = join(dataDir, 'big.png')
    writeFileSync(path, '')
    truncateSync(path, 200_000_000)
    expect(await failure(assets.fromFile(path, 'big.png'))).toMatchObject({ key: 'image.tooHeavy' })
    expect(await failure(assets.fromFile(join(dataDir, 'none'), 'x'))).toMatchObject({ key: 'path.notFile' })
  })
})

describe('fitting to a model', () => {
  test('leaves alone what fits', async () => {
    const { assets } = await shelf()
    const asset = await assets.import({ name: 'x.png', bytes: await picture(640, 480).png().toBuffer() })
    expect(await assets.fit({ id: asset.id, model: 'model' })).toEqual(asset)
  })

  test('scales down what is too large', async () => {
    const { assets, stored } = await shelf()
    const asset = await assets.import({ name: 'x.jpg', bytes: await picture(3000, 2000).jpeg().toBuffer() })
    const fit = await assets.fit({ id: asset.id, model: 'model' })
    expect(fit).toMatchObject({ width: 2000, height: 1333, mime: 'image/jpeg', notes: ['resized'] })
    expect(fit.id).not.toBe(asset.id)
    expect(await sharp(stored(fit.id)).metadata()).toMatchObject({ width: 2000, height: 1333 })
  })

  test('scales up what is a little too small and refuses what is far too small', async () => {
    const { assets } = await shelf()
    const small = await assets.import({ name: 'x.png', bytes: await picture(150, 200).png().toBuffer() })
    expect(await assets.fit({ id: small.id, model: 'model' })).toMatchObject({ width: 300, height: 400 })
    const dot = await assets.import({ name: 'dot.png', bytes: await picture(1, 1).png().toBuffer() })
    expect(await failure(assets.fit({ id: dot.id, model: 'model' }))).toMatchObject({
      key: 'image.tooSmall',
      values: { width: 1, height: 1, min: 300 },
    })
  })

  test('crops to a ratio around the focus', async () => {
    const { assets, stored } = await shelf()
    const halves = await sharp({ create: { width: 1000, height: 500, channels: 3, background: '#f00' } })
      .composite([
        {
          input: { create: { width: 500, height: 500, channels: 3, background: '#00f' } },
          left: 500,
          top: 0,
        },
      ])
      .png()
      .toBuffer()
    const { id } = await assets.import({ name: 'x.png', bytes: halves })
    const right = await assets.fit({ id, model: 'model', ratio: '1:1', focus: { x: 1, y: 0.5 } })
    expect(right).toMatchObject({ width: 500, height: 500, notes: ['cropped'] })
    expect([...(await pixelsOf(stored(right.id))).subarray(0, 3)]).toEqual([0, 0, 255])
    const left = await assets.fit({ id, model: 'model', ratio: '1', focus: { x: 0, y: 0 } })
    expect([...(await pixelsOf(stored(left.id))).subarray(0, 3)]).toEqual([255, 0, 0])
  })

  test('crops a panorama only as far as the model asks', async () => {
    const { assets } = await shelf()
    const { id } = await assets.import({ name: 'x.png', bytes: await picture(1500, 333).png().toBuffer() })
    const fit = await assets.fit({ id, model: 'model' })
    expect(fit).toMatchObject({ width: 666, height: 333, notes: ['cropped'] })
  })

  test('gets below the limit of bytes, in a format the model takes', async () => {
    const { assets } = await shelf([{ ...rule, mimes: ['image/jpeg'], maxBytes: 150_000 }])
    const hole = await (await withHole()).resize(600, 400).png().toBuffer()
    const { id } = await assets.import({ name: 'x.png', bytes: hole })
    const fit = await assets.fit({ id, model: 'model' })
    expect(fit).toMatchObject({ mime: 'image/jpeg', alpha: false, notes: ['converted'] })
    expect(fit.bytes).toBeLessThanOrEqual(150_000)
  })

  test.each([
    [{ ratio: 'wide' }, 'image.ratio'],
    [{ ratio: '16:0' }, 'image.ratio'],
    [{ ratio: '5:1' }, 'image.cannotFit'],
    [{ model: 'none' }, 'model.notFound'],
    [{ id: '019a0000-0000-7000-8000-000000000000' }, 'asset.notFound'],
  ])('refuses %j', async (asked, key) => {
    const { assets } = await shelf()
    const { id } = await assets.import({ name: 'x.png', bytes: await picture(640, 480).png().toBuffer() })
    expect(await failure(assets.fit({ id, model: 'model', ...asked }))).toMatchObject({ key })
  })

  test('refuses a model that takes no images', async () => {
    const { assets } = await shelf([])
    const { id } = await assets.import({ name: 'x.png', bytes: await picture().png().toBuffer() })
    expect(await failure(assets.fit({ id, model: 'model' }))).toMatchObject({ key: 'image.notTaken' })
  })
})

function still(grey: number): Promise<Buffer> {
  return sharp({ create: { width: 16, height: 16, channels: 3, background: { r: grey, g: grey, b: grey } } })
    .png()
    .toBuffer()
}
