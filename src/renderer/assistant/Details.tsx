import type { Exchange } from '@shared/contract'
import { useTranslation } from 'react-i18next'
import { count, dayAndTime, money, withUnit } from '../format'
import styles from './Answer.module.css'
import { wishOfSampling } from '../state/assistant/sampling'

/** Everything that is kept of an exchange beside its words. */
export function Details({ exchange }: { exchange: Exchange }) {
  const { t } = useTranslation()
  const { at, model, connection, requestId, stopReason, tokensIn, tokensOut, firstWordMs, latencyMs } =
    exchange
  const sampling = wishOfSampling(exchange.sampling)
  const { tries, cost, estimate, charged } = exchange
  const unknown = t('assistant.details.unknown')
  const ms = (value: number | null) => (value === null ? unknown : withUnit(value / 1000, 's', 2))
  const facts: [name: string, value: string][] = [
    [t('assistant.details.at'), dayAndTime(at)],
    [t('assistant.details.model'), connection === null ? model : `${model} · ${connection}`],
    ...(sampling.value === null
      ? []
      : [
          [
            t('assistant.details.sampling'),
            `${t(`assistant.sampling.${sampling.kind}`)} ${count(sampling.value)}`,
          ] satisfies [string, string],
        ]),
    [t('assistant.details.requestId'), requestId ?? unknown],
    [t('assistant.details.stopReason'), stopReason ?? unknown],
    [
      t('assistant.details.tokens'),
      tokensIn === null || tokensOut === null
        ? unknown
        : t('assistant.details.inOut', { input: count(tokensIn), output: count(tokensOut) }),
    ],
    [t('assistant.details.firstWord'), ms(firstWordMs)],
    [t('assistant.details.latency'), ms(latencyMs)],
    ...(tries > 1 ? [[t('assistant.details.tries'), count(tries)] satisfies [string, string]] : []),
    [t('assistant.details.estimate'), estimate ? money(estimate) : unknown],
    [
      t('assistant.details.cost'),
      cost ? money(cost) : charged === 'no' ? t('assistant.details.notCharged') : unknown,
    ],
  ]
  return (
    <dl className={styles.details}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
