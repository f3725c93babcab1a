import type { Connection } from '@shared/contract'
import { useTranslation } from 'react-i18next'
import { useAssistant } from '../state/assistant'
import { NumberField, Select } from '../ui'
import styles from './Desk.module.css'
import {
  isInRange,
  samplingChosen,
  samplingKinds,
  withSampling,
  type SamplingKind,
} from '../state/assistant/sampling'
import { useModel } from './useModel'

/** What is begun with where a person takes the choice into their own hand: the usual of both. */
const first = 1

/** How freely the model chooses its words; not there for a model that takes neither figure. Remembered with the style. */
export function SamplingChoice({ account }: { account: Connection }) {
  const { t } = useTranslation()
  const { model } = useModel(account.id)
  const { styleId, samplings } = useAssistant()
  if (model?.sampling !== true) return null
  const { kind, value } = samplingChosen({ styleId, samplings })
  const set = (next: SamplingKind, figure: number | null) =>
    useAssistant.setState({ samplings: withSampling({ styleId, samplings }, { kind: next, value: figure }) })
  return (
    <>
      <Select<SamplingKind>
        label={t('assistant.sampling.label')}
        value={kind}
        options={samplingKinds.map((one) => ({ value: one, label: t(`assistant.sampling.${one}`) }))}
        onChange={(next) => set(next, next === 'usual' ? null : (value ?? first))}
      />
      {kind === 'usual' ? null : (
        <div className={styles.number}>
          <NumberField
            label={t(`assistant.sampling.${kind}`)}
            bare
            value={value}
            min={0}
            max={1}
            step={0.1}
            {...(isInRange(value) ? {} : { error: t('assistant.sampling.range') })}
            onChange={(next) => set(kind, next)}
          />
        </div>
      )}
    </>
  )
}
