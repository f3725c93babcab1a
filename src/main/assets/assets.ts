import { createHash } from 'node:crypto'
import { mkdir, readFile, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { InputRule } from '@shared/contract'
import { StudioError } from '@shared/problems'
import type { AssetRecord } from '../history'
import { writeDurably } from '../library'
import { fitted, parseRatio, planFit } from './fit'
import { prepare, thumbnail, type Prepared } from './prepare'
import { readLimited } from './read'
import { mostBytes, tooHeavy } from './refuse'
import type { Assets, AssetsDeps } from './types'

const extensionOf = { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp' } as const
const middle = { x: 0.5, y: 0.5 }

/** Input images in `dataDir/assets`, each once under the checksum of its bytes. See {@link Assets}. */
export function createAssets({ store, dataDir, clock, random, log, modelById }: AssetsDeps): Assets {
  const folder = join(dataDir, 'assets')
  const absolute = (asset: AssetRecord) => join(folder, asset.path)
  const thumbPath = (asset: AssetRecord) => absolute(asset).replace(/\.\w+$/, '.thumb.webp')

  /** Puts bytes on the shelf, or finds them there; a file that was lost is written again. */
  async function keep(image: Prepared, name: string, thumb: Uint8Array): Promise<AssetRecord> {
    const hash = createHash('sha256').update(image.bytes).digest('hex')
    const path = `${hash.slice(0, 2)}/${hash}.${extensionOf[image.mime]}`
    const { bytes, ...facts } = image
    const asset = { ...facts, bytes: bytes.byteLength, hash, path, name: plainName(name) }
    const draft: AssetRecord = { ...asset, id: random.id(clock.now()), createdAt: clock.now() }
    try {
      await mkdir(dirname(absolute(draft)), { recursive: true })
      if ((await sizeOf(absolute(draft))) !== bytes.byteLength) await writeDurably(absolute(draft), bytes)
      await writeDurably(thumbPath(draft), thumb)
    } catch (error) {
      throw dataFault(error)
    }
    const known = store.byHash(hash)
    if (known) return known
    store.insert(draft)
    return draft
  }

  async function take(bytes: Uint8Array, name: string): Promise<AssetRecord> {
    const { thumb, ...image } = await prepare(bytes, plainName(name))
    return keep(image, name, thumb)
  }

  return {
    import: async ({ name, bytes }) => take(await readLimited(bytes), name),
    async fromFile(path, name) {
      const size = await sizeOf(path)
      if (size === null) throw new StudioError('not_found', 'path.notFile', { values: { path } })
      if (size > mostBytes) throw tooHeavy()
      return take(await readFile(path), name)
    },
    get: (id) => store.get(id),
    path(id) {
      const asset = store.get(id)
      return asset && absolute(asset)
    },
    async thumb(id) {
      const asset = store.get(id)
      if (!asset) return null
      const path = thumbPath(asset)
      if ((await sizeOf(path)) !== null) return path
      try {
        await writeDurably(path, await thumbnail(await readFile(absolute(asset))))
        return path
      } catch (error) {
        log.warn({ err: error, asset: id }, 'a stored image could not be read')
        return null
      }
    },
    async fit({ id, model, ratio, focus }) {
      const asset = store.get(id)
      if (!asset) throw new StudioError('not_found', 'asset.notFound')
      const rule = ruleOf(modelById(model), model)
      const plan = planFit(asset, rule, ratio === undefined ? null : parseRatio(ratio), focus ?? middle)
      const same = plan.width === asset.width && plan.height === asset.height
      if (same && rule.mimes.includes(asset.mime) && asset.bytes <= rule.maxBytes) return asset
      const bytes = await readFile(absolute(asset)).catch((error: unknown) => {
        throw dataFault(error)
      })
      const image = await fitted(bytes, asset, rule, plan)
      return keep(image, asset.name, await thumbnail(image.bytes))
    },
  }
}

function ruleOf(rules: InputRule[] | null, model: string): InputRule {
  if (rules === null) throw new StudioError('not_found', 'model.notFound', { values: { model } })
  const rule = rules.find(({ role }) => role === 'first') ?? rules.find(({ role }) => role !== 'mask')
  if (!rule) throw new StudioError('invalid_request', 'image.notTaken')
  return rule
}

/** The last part of a path, in one line; only ever shown. */
function plainName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? ''
  const line = last
    .toWellFormed()
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
  return line === '' ? 'image' : line.slice(0, 200).toWellFormed()
}

async function sizeOf(path: string): Promise<number | null> {
  return stat(path).then(
    (found) => (found.isFile() ? found.size : null),
    () => null,
  )
}

function dataFault(error: unknown): StudioError {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown'
  return code === 'ENOSPC' || code === 'EDQUOT'
    ? new StudioError('storage', 'data.full', { cause: error })
    : new StudioError('storage', 'data.failed', { values: { reason: code }, cause: error })
}
