import type { AnimaticSpec } from '@shared/animatic'

export const clamp = (value: number, from = 0, to = 1): number => Math.min(to, Math.max(from, value))
export const mix = (a: number, b: number, t: number): number => a + (b - a) * t

/** 0 before `from`, 1 after `to`, smooth in between. */
export function smooth(from: number, to: number, value: number): number {
  const t = clamp((value - from) / (to - from))
  return t * t * t * (t * (t * 6 - 15) + 10)
}

/** Fast at first, then settling: how things come in. */
export const settle = (t: number): number => 1 - (1 - clamp(t)) ** 4

/** How far a camera move is at `t`, both from 0 to 1. */
export function ease(kind: AnimaticSpec['easing'], t: number): number {
  switch (kind) {
    case 'linear':
      return t
    case 'ease_in':
      return t * t * (2 - t) * 0.5 + t * t * 0.5
    case 'ease_out':
      return 1 - (1 - t) ** 2.4
    case 'ease_in_out':
      return t * t * (3 - 2 * t)
  }
}
