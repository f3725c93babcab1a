import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import { Style } from '@shared/contract'
import type { AssistantStore } from './types'

const Stored = z
  .object({ id: Style.shape.id, name: z.string(), system: z.string(), updatedAt: z.int() })
  .transform((style): Style => ({ ...style, builtIn: false }))

/** Keeps styles of one's own. */
export function createStyleStore(
  db: Database,
): Pick<AssistantStore, 'styles' | 'style' | 'saveStyle' | 'removeStyle'> {
  const select = 'SELECT id, name, system, updated_at AS updatedAt FROM style'
  const all = db.prepare(`${select} ORDER BY name COLLATE NOCASE, id`)
  const byId = db.prepare<[string]>(`${select} WHERE id = ?`)
  const save = db.prepare(`
    INSERT INTO style (id, name, system, created_at, updated_at) VALUES (@id, @name, @system, @at, @at)
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, system = excluded.system, updated_at = excluded.updated_at`)
  const remove = db.prepare<[string]>('DELETE FROM style WHERE id = ?')

  return {
    styles: () => all.all().map((row) => Stored.parse(row)),
    style(id) {
      const row = byId.get(id)
      return row === undefined ? null : Stored.parse(row)
    },
    saveStyle(style) {
      save.run(style)
      return Stored.parse(byId.get(style.id))
    },
    removeStyle: (id) => remove.run(id).changes === 1,
  }
}
