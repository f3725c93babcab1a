import type { Dice } from './dice'

const most = 40
/** So deep, and so many of a list, an answer is looked into. */
const deepest = 12
const longestList = 60
const longestText = 300

/**
 * What the studio has answered, by the names of the fields it stood in, so that later calls speak of things that are
 * there. Ids are also kept by what they are ids of, and all together: the wrong kind of id is a good mistake to make.
 */
export interface Memory {
  /** `domain` is the part of the contract that answered. */
  learn(answer: unknown, domain: string): void
  recall(name: string, domain: string, dice: Dice): unknown
}

export function createMemory(): Memory {
  const known = new Map<string, unknown[]>()

  function keep(name: string, value: unknown): void {
    const kept = known.get(name) ?? []
    if (kept.includes(value)) return
    kept.push(value)
    if (kept.length > most) kept.shift()
    known.set(name, kept)
  }

  function look(name: string, value: unknown, domain: string, depth: number): void {
    if (depth > deepest) return
    if (Array.isArray(value)) {
      for (const item of value.slice(0, longestList)) look(singular(name), item, domain, depth + 1)
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) look(key, inner, domain, depth + 1)
    } else if (typeof value === 'number' || (typeof value === 'string' && value.length <= longestText)) {
      // What a page is told to render is what it then speaks of.
      keep(name === 'id' && domain === 'media' ? 'taskId' : name, value)
      if (name === 'id' && isId(value)) keep(`id of ${kinds[domain] ?? domain}`, value)
    }
  }

  return {
    learn: (answer, domain) => look('', answer, domain, 0),
    recall(name, domain, dice) {
      const field = singular(name)
      if (!isIdName(field)) {
        const pool = known.get(field) ?? known.get(aliases[field] ?? '')
        return pool === undefined ? undefined : dice.pick(pool)
      }
      const kind = owners[field] ?? kinds[domain] ?? domain
      const own = known.get(`id of ${kind}`)
      const pool = own && dice.chance(0.9) ? own : (known.get(field) ?? known.get('id'))
      return pool === undefined ? undefined : dice.pick(pool)
    },
  }
}

/** Parts of the contract that speak of another part's things. */
const kinds: Record<string, string> = { queue: 'jobs', media: 'jobs' }
/** Whose ids these fields take, whoever asks. */
const owners: Record<string, string> = {
  connectionId: 'connections',
  assetId: 'assets',
  imageId: 'assets',
  before: 'jobs',
  after: 'jobs',
}
/** Fields that take what another one answered. */
const aliases: Record<string, string> = { cursor: 'nextCursor', target: 'model' }

function singular(name: string): string {
  return name.replace(/s$/, '')
}

function isIdName(name: string): boolean {
  return name === 'id' || name in owners
}

function isId(value: unknown): boolean {
  return typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value)
}
