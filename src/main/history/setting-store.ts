import type { Database } from 'better-sqlite3'
import { Settings } from '@shared/contract'
import type { SettingStore } from './types'

/** Keeps the person's choices, one row each, and small values of the studio itself. */
export function createSettingStore(db: Database): SettingStore {
  const all = db.prepare<[], { name: string; value: string }>('SELECT name, value FROM setting')
  const set = db.prepare<[string, string]>(
    'INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  )
  const read = db.prepare<[string], string>('SELECT value FROM memo WHERE name = ?').pluck()
  const write = db.prepare<[string, string]>(
    'INSERT INTO memo (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  )

  const get = () => {
    const kept = new Map(all.all().map(({ name, value }) => [name, parse(value)]))
    // Each by itself: one that is broken or from another version must not take the others with it.
    const sound = Object.entries(Settings.shape).flatMap(([name, type]) => {
      const parsed = type.safeParse(kept.get(name))
      return parsed.success ? [[name, parsed.data] as const] : []
    })
    return Settings.parse(Object.fromEntries(sound))
  }

  return {
    get,
    set: db.transaction((patch: Parameters<SettingStore['set']>[0]) => {
      const whole = Settings.parse({ ...get(), ...defined(patch) })
      for (const [name, value] of Object.entries(whole))
        if (name in patch) set.run(name, JSON.stringify(value))
      return whole
    }),
    read(name) {
      const value = read.get(name)
      return value === undefined ? undefined : parse(value)
    },
    write: (name, value) => void write.run(name, JSON.stringify(value ?? null)),
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const defined = (patch: object) =>
  Object.fromEntries(Object.entries(patch).filter(([, v]) => v !== undefined))
