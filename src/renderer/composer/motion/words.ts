import type { TFunction } from 'i18next'
import { paintedOf, type HeldValue } from '../../state/composer'

/** What was painted, in a few words. */
export function paintedText(t: TFunction, value: HeldValue): string {
  const painted = paintedOf(value)
  const count = painted?.dynamic_masks?.length ?? 0
  const parts = [
    ...(count > 0 ? [t('composer.motion.moving', { count })] : []),
    ...(painted?.static_mask === undefined ? [] : [t('composer.motion.oneStill')]),
  ]
  return parts.join(' · ')
}
