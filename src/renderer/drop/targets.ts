import type { InputRole } from '@shared/contract'
import type { Dragged } from './dragged'

/** A place to drop on. */
export type Target =
  | { kind: 'role'; role: InputRole }
  | { kind: 'both' }
  | { kind: 'each' }
  | { kind: 'prompts' }
  | { kind: 'brief' }

/** The name of a place, of which there is one each. */
export const idOf = (target: Target) => (target.kind === 'role' ? target.role : target.kind)

/**
 * The places for what is dragged, given the roles the chosen models take and whether there is somebody to read a brief;
 * the first is meant when none is hit.
 */
export function targetsOf(
  dragged: Dragged,
  slots: readonly { role: InputRole; max: number }[],
  reader = false,
): Target[] {
  const takes = (role: InputRole) => slots.some((slot) => slot.role === role)
  const roles = (kept: (slot: { role: InputRole; max: number }) => boolean): Target[] =>
    slots.filter(kept).map(({ role }) => ({ kind: 'role', role }))
  switch (dragged.kind) {
    case 'job':
      return roles(({ role }) => role === 'first' || role === 'last' || role === 'reference')
    case 'images': {
      if (dragged.count === 1) return roles(() => true)
      const both = dragged.count === 2 && takes('first') && takes('last')
      return [
        ...(both ? [{ kind: 'both' } as const] : []),
        ...(takes('first') || takes('reference') ? [{ kind: 'each' } as const] : []),
        ...roles(({ max }) => max >= dragged.count),
      ]
    }
    case 'prompts':
      return [{ kind: 'prompts' }, ...(reader ? [{ kind: 'brief' } as const] : [])]
    case 'brief':
      return reader ? [{ kind: 'brief' }] : []
    case 'others':
    case 'address':
      return []
  }
}
