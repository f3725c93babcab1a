import { useTranslation } from 'react-i18next'
import { count, money, sum } from '../format'
import { sentences } from '../messages'
import type { Refusal } from '../state/assistant/talk'
import styles from './Desk.module.css'
import type { Estimated } from './useEstimate'

/** What stands beside Send: the figure, why it was refused, or what is still missing. */
export function EstimateLine({
  estimated,
  refusal,
  lack,
}: {
  estimated: Estimated
  refusal: Refusal | null
  lack: string | null
}) {
  const { t } = useTranslation()
  if (refusal?.kind === 'problem') {
    const { title, hint, issues } = refusal.problem
    const [first] = issues
    return (
      <p className={styles.wrong} role="alert">
        {sentences(first?.text ?? title, first ? first.hint : hint)}
      </p>
    )
  }
  if (refusal?.kind === 'money') {
    const { kind, sum: figure, limit } = refusal.money
    const values = { sum: figure ? sum(figure) : '', limit: limit ? sum(limit) : '' }
    return (
      <p className={styles.over} role="alert">
        {kind === 'overBudget'
          ? t('assistant.over.budget', values)
          : kind === 'confirm'
            ? t('assistant.over.ceiling', values)
            : t('assistant.over.unknown')}
      </p>
    )
  }
  if (lack !== null) return <p className={styles.note}>{lack}</p>
  const { estimate, problem } = estimated
  if (problem) {
    const [first] = problem.issues
    return <p className={styles.wrong}>{first?.text ?? problem.title}</p>
  }
  if (estimate === null) return <p className={styles.note}>{t('composer.estimate.asking')}</p>
  const { refused, cost, ceiling, tokensIn, counted } = estimate
  if (refused !== null) {
    const values = { sum: cost ? sum(cost) : '', limit: ceiling ? sum(ceiling) : '' }
    return (
      <p className={styles.over}>
        {refused === 'money.overBudget'
          ? t('assistant.over.budget', values)
          : cost === null
            ? t('assistant.over.unknown')
            : t(refused === 'assistant.ceiling' ? 'assistant.over.ceiling' : 'assistant.over.asked', values)}
      </p>
    )
  }
  return (
    <p className={styles.note}>
      {cost === null ? t('composer.estimate.unknown') : t('assistant.estimate.most', { price: money(cost) })}
      {' · '}
      {t(counted ? 'assistant.estimate.tokens' : 'assistant.estimate.aboutTokens', {
        tokens: count(tokensIn),
      })}
    </p>
  )
}
