import type { ConnectionAccess } from '../providers'
import type { Clock } from '../ports'
import type { ClaudePool } from './clients'
import { failureOf } from './errors'
import { listModels, seedModels, usualOf } from './models'
import { ClaudeSettings } from './settings'
import type { ModelList } from './types'

/** A list that was asked for holds so long; one that could not be had is asked for again soon. */
const keptMs = 60 * 60_000
const failedMs = 60_000

/** Model lists of accounts, each kept a while. */
export interface Lists {
  get(access: ConnectionAccess, refresh: boolean): Promise<ModelList>
  forget(connectionId: string): void
}

/** Asks for lists, at most one at a time for each account. */
export function createLists(pool: ClaudePool, clock: Clock, clean: (text: string) => string): Lists {
  const kept = new Map<string, { list: Promise<ModelList>; until: number }>()

  async function fresh(access: ConnectionAccess): Promise<ModelList> {
    try {
      const models = await listModels(pool.get(access), clock)
      return { models, usual: usualOf(models), at: clock.now(), error: null }
    } catch (error) {
      const { region, signIn } = ClaudeSettings.parse(access.settings)
      const models = seedModels(region)
      const about = {
        model: models[0]?.label ?? '',
        region,
        bearer: signIn === 'key',
        tries: 1,
        begun: false,
      }
      const failure = failureOf(error, about).error
      const cleaned = { ...failure, message: clean(failure.message) }
      return { models, usual: usualOf(models), at: null, error: cleaned }
    }
  }

  return {
    async get(access, refresh) {
      const known = kept.get(access.id)
      if (known && !refresh && clock.now() < known.until) return known.list
      const entry = { list: fresh(access), until: Number.POSITIVE_INFINITY }
      kept.set(access.id, entry)
      const list = await entry.list
      entry.until = clock.now() + (list.at === null ? failedMs : keptMs)
      return list
    },
    forget: (id) => void kept.delete(id),
  }
}
