import type { SecretPlace } from '@shared/contract'
import { StudioError } from '@shared/problems'
import type { KeptSecret } from '../history'
import { said, sameSpot, type Secrets } from './secrets'

/** What becomes of one secret: kept as `to`, for those origins alone, or forgotten where that is null. */
export interface Rewrite {
  name: string
  old: KeptSecret | undefined
  to: { secret: string; kept: SecretPlace; sentTo: readonly string[] } | null
}

/**
 * Changes secrets of one connection together or not at all: `commit` (which hears what may be told of each, null for a
 * forgotten one) is the last that can fail. Throws what failed, with the earlier secrets put back; `leftBehind` hears
 * of those that could not be.
 */
export async function rewriteSecrets(
  secrets: Secrets,
  id: string,
  steps: readonly Rewrite[],
  commit: (changed: Map<string, KeptSecret | null>) => void,
  leftBehind: (error: unknown) => void,
): Promise<void> {
  const done: (() => Promise<void>)[] = []
  const changed = new Map<string, KeptSecret | null>()
  try {
    for (const step of steps) {
      const before = await readBefore(secrets, id, step)
      done.unshift(() => putBack(secrets, id, step, before))
      changed.set(step.name, await carryOut(secrets, id, step))
    }
    commit(changed)
  } catch (error) {
    // The keychain that refused the last one has changed nothing, and is not asked again.
    if (error instanceof StudioError && error.key !== 'keychain.failed' && changed.size < done.length)
      done.shift()
    for (const back of done) await back().catch(leftBehind)
    throw error
  }
  for (const { name, old, to } of steps) {
    // The copy in the place where nobody looks any more.
    if (old && to && !sameSpot(old, { name, ...to })) await secrets.forget(id, old).catch(leftBehind)
  }
}

async function carryOut(
  secrets: Secrets,
  id: string,
  { name, old, to }: Rewrite,
): Promise<KeptSecret | null> {
  if (to) return secrets.keep(id, { name, kept: to.kept, sentTo: to.sentTo }, to.secret)
  try {
    if (old) await secrets.forget(id, old)
  } catch (error) {
    // Where there is no keychain there is nothing in it to clear away.
    if (!isAbsent(error)) throw error
  }
  return null
}

/** The secret that a step overwrites or forgets; one that cannot be read is neither. */
async function readBefore(secrets: Secrets, id: string, { name, old, to }: Rewrite): Promise<string | null> {
  if (!old || (to && !sameSpot(old, { name, ...to }))) return null
  secrets.askAnew(id)
  try {
    return await said(secrets.read(id, old))
  } catch (error) {
    if (to === null && isAbsent(error)) return null
    throw error
  }
}

async function putBack(
  secrets: Secrets,
  id: string,
  { name, old, to }: Rewrite,
  before: string | null,
): Promise<void> {
  if (before !== null && old && old.kept !== null) await secrets.keep(id, { ...old, kept: old.kept }, before)
  else if (to) await secrets.forget(id, { name, kept: to.kept, sentTo: to.sentTo })
}

function isAbsent(error: unknown): boolean {
  return error instanceof StudioError && error.key === 'keychain.absent'
}
