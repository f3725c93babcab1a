import type { Connection } from '@shared/contract'
import { promptLanguages } from '@shared/words'
import { useTranslation } from 'react-i18next'
import { useAssistant, type PromptLanguage } from '../state/assistant'
import { useChosen, useComposer } from '../state/composer'
import { NumberField, Select } from '../ui'
import styles from './Desk.module.css'
import { SamplingChoice } from './SamplingChoice'
import { StyleChoice } from './StyleChoice'
import { fitTarget, translateInto } from './wish'
import { languageName } from './words'

/** What the chosen action needs beside words, and the style for all of them. */
export function ActionOptions({ account }: { account: Connection }) {
  const { t } = useTranslation()
  const { action, count, language, fitTo } = useAssistant()
  const models = useChosen()
  const prompt = useComposer((state) => state.prompt)
  const ids = models.map(({ id }) => id)
  return (
    <div className={styles.options}>
      {action === 'variations' ? (
        <div className={styles.number}>
          <NumberField
            label={t('assistant.option.count')}
            bare
            value={count}
            min={2}
            max={10}
            step={1}
            onChange={(next) =>
              useAssistant.setState({ count: Math.min(10, Math.max(2, Math.round(next ?? 4))) })
            }
          />
        </div>
      ) : null}
      {action === 'translate' ? (
        <Select<PromptLanguage>
          label={t('assistant.option.language')}
          value={translateInto({ language }, { prompt, models: ids })}
          options={promptLanguages.map((one) => ({ value: one, label: languageName(one) }))}
          onChange={(next) => useAssistant.setState({ language: next })}
        />
      ) : null}
      {action === 'fit' && models.length > 0 ? (
        <Select
          label={t('assistant.option.fit')}
          value={fitTarget({ fitTo }, ids) ?? ''}
          options={models.map(({ id, label }) => ({ value: id, label }))}
          onChange={(next) => useAssistant.setState({ fitTo: next })}
        />
      ) : null}
      <StyleChoice />
      <SamplingChoice account={account} />
    </div>
  )
}
