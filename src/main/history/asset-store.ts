import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import { AssetInfo } from '@shared/contract'
import { json } from './columns'
import type { AssetRecord, AssetStore } from './types'

const StoredAsset = AssetInfo.extend({
  hash: z.string(),
  path: z.string(),
  alpha: z.int().transform((bit) => bit === 1),
  notes: json(AssetInfo.shape.notes).catch([]),
}) satisfies z.ZodType<AssetRecord>

/** Keeps what is known of each input image. */
export function createAssetStore(db: Database): AssetStore {
  const select = `SELECT id, hash, path, name, width, height, mime, bytes, alpha, notes, created_at AS createdAt
    FROM asset`
  const byId = db.prepare<[string]>(`${select} WHERE id = ?`)
  const byHash = db.prepare<[string]>(`${select} WHERE hash = ?`)
  const insert = db.prepare(`
    INSERT INTO asset (id, hash, path, name, width, height, mime, bytes, alpha, notes, created_at)
    VALUES (@id, @hash, @path, @name, @width, @height, @mime, @bytes, @alpha, @notes, @createdAt)`)
  const read = (row: unknown) => (row === undefined ? null : StoredAsset.parse(row))

  return {
    insert(asset) {
      insert.run({ ...asset, alpha: asset.alpha ? 1 : 0, notes: JSON.stringify(asset.notes) })
    },
    get: (id) => read(byId.get(id)),
    byHash: (hash) => read(byHash.get(hash)),
  }
}
