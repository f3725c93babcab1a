import type { TFunction } from 'i18next'
import type { HeldValue } from '../../state/composer'
import { readMove, type Axis } from './camera'

/** A figure with its sign; zero has none. */
export function signed(amount: number): string {
  return amount === 0 ? '0' : `${amount < 0 ? '−' : '+'}${Math.abs(amount)}`
}

/** How far an axis goes and which way that is: `+4 · to the right`. */
export function amountText(t: TFunction, axis: Axis, amount: number): string {
  if (amount === 0) return '0'
  const way = t(`composer.camera.way.${axis}.${amount < 0 ? 'minus' : 'plus'}`)
  return `${signed(amount)} · ${way}`
}

/** A move in a few words. */
export function moveText(t: TFunction, value: HeldValue): string {
  const move = readMove(value)
  if (move === null) return ''
  if (move.type !== 'simple') return t(`composer.camera.type.${move.type}`)
  if (move.moved === null) return t('composer.camera.type.simple')
  const { axis, amount } = move.moved
  return `${t(`composer.camera.axis.${axis}`)} ${amountText(t, axis, amount)}`
}
