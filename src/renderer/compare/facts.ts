import type { ModelInfo } from '@shared/contract'
import type { TFunction } from 'i18next'
import { heldText, paramName } from '../composer/words'
import { bytes, dayAndTime, duration, money, withUnit } from '../format'
import { costOf, paramFacts, shapeName, type CostFact } from '../inspector/facts'
import type { Fact } from './differences'
import type { Column } from './useColumns'

/** Everything about one of the compared videos that can be told from the others, but its prompt. */
export function factsOf(
  t: TFunction,
  { row, detail }: Column,
  model: ModelInfo | undefined,
  assetName: (id: string) => string,
): Fact[] {
  if (!row) return []
  const { video, startedAt, finishedAt } = row
  const fact = (key: string, name: string, text: string | null, value = text): Fact[] =>
    text === null || value === null ? [] : [{ key, name, text, value }]
  const shape = video && shapeName(video.width, video.height)
  const size = video && `${video.width} × ${video.height}`
  const cost = detail && costOf(row, detail)
  return [
    ...fact('model', t('inspector.facts.model'), model?.label ?? row.model),
    ...fact('connection', t('inspector.facts.connection'), detail?.connection ?? null),
    ...(detail?.inputs ?? []).flatMap(({ role, assetId }, place) =>
      fact(`input ${role} ${place}`, t(`composer.role.${role}`), assetName(assetId), assetId),
    ),
    ...(detail ? paramFacts(detail, model) : []).flatMap(({ title, unit, value }) =>
      fact(`param ${title}`, paramName(title), heldText(t, title, value, unit), JSON.stringify(value)),
    ),
    ...fact('shape', t('compare.video'), size && [...(shape ? [shape] : []), size].join(' · ')),
    ...fact('fps', t('compare.fps'), video && withUnit(video.fps, 'fps', 2)),
    ...fact('length', t('inspector.facts.length'), video && duration(video.durationMs)),
    ...fact('bytes', t('compare.size'), video && bytes(video.bytes)),
    ...fact('cost', t('inspector.facts.cost'), cost && costText(t, cost)),
    ...fact(
      'time',
      t('compare.took'),
      video && startedAt !== null && finishedAt !== null
        ? duration(Math.max(0, finishedAt - startedAt))
        : null,
    ),
    ...fact('made', t('inspector.facts.made'), dayAndTime(row.createdAt)),
  ]
}

/** What it cost, in words that never call an estimate a cost. */
export function costText(t: TFunction, { kind, amount }: CostFact): string | null {
  switch (kind) {
    case 'free':
      return t('ui.free')
    case 'estimate':
      return amount && t('card.estimate', { amount: money(amount) })
    case 'charged':
      return t('inspector.facts.chargedUnpriced')
    case 'notCharged':
      return t('inspector.facts.notCharged')
    case 'mayBe':
      return amount
        ? t('inspector.facts.mayBe', { amount: money(amount) })
        : t('inspector.facts.mayBeUnpriced')
    case 'exact':
    case 'computed':
      return amount && money(amount)
  }
}
