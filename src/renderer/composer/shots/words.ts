import type { TFunction } from 'i18next'
import type { HeldValue } from '../../state/composer'
import { readCut } from './shots'

/** How a video is cut, in a few words; empty for a value that says nothing of it. */
export function shotsText(t: TFunction, value: HeldValue): string {
  const cut = readCut(value)
  if (cut === null) return ''
  return cut.by === 'model'
    ? t('composer.shots.byModel')
    : t('composer.shots.count', { count: cut.shots.length })
}
