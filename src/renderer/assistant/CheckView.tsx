import type { ModelInfo } from '@shared/contract'
import { IconAlertTriangle, IconBulb, IconCircleCheck } from '@tabler/icons-react'
import { useDeferredValue, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { count } from '../format'
import { currentLanguage } from '../messages'
import { useChosen, useComposer } from '../state/composer'
import { Button } from '../ui'
import { replacePrompt } from './accept'
import { checksOf, type Check } from './checklist'
import styles from './CheckView.module.css'
import { templatesFor } from './templates'

const signs = { ok: IconCircleCheck, advice: IconBulb, wrong: IconAlertTriangle }

/** The prompt held against each chosen model, and templates to begin with. Nothing leaves this computer. */
export function CheckView() {
  const { t } = useTranslation()
  const models = useChosen()
  const prompt = useDeferredValue(useComposer((state) => state.prompt))
  if (models.length === 0) return <p className={styles.none}>{t('assistant.check.noModels')}</p>
  return (
    <div className={styles.view}>
      <p className={styles.note}>{t('assistant.check.hint')}</p>
      <div className={styles.models}>
        {models.map((model) => (
          <ModelChecks key={model.id} model={model} prompt={prompt} />
        ))}
      </div>
    </div>
  )
}

function ModelChecks({ model, prompt }: { model: ModelInfo; prompt: string }) {
  const { t } = useTranslation()
  const language = currentLanguage() === 'zh-CN' ? 'zh' : 'en'
  const checks = useMemo(() => checksOf(prompt, model), [prompt, model])
  const open = checks.filter(({ state }) => state !== 'ok').length
  return (
    <section className={styles.model} aria-label={model.label}>
      <h3 className={styles.name}>
        {model.label}
        <span className={styles.sum}>
          {prompt.trim() === ''
            ? t('assistant.check.empty')
            : open === 0
              ? t('assistant.check.good')
              : t('assistant.check.open', { count: open })}
        </span>
      </h3>
      {prompt.trim() === '' ? null : (
        <ul className={styles.checks}>
          {checks.map((check) => (
            <OneCheck key={check.id} check={check} model={model.label} />
          ))}
        </ul>
      )}
      <div
        className={styles.templates}
        role="group"
        aria-label={t('assistant.template.of', { model: model.label })}
      >
        <span className={styles.label}>{t('assistant.template.title')}</span>
        {templatesFor(model.id, language).map(({ kind, text }) => (
          <Button key={kind} size="s" title={text} onClick={() => replacePrompt(text)}>
            {t(`assistant.template.${kind}`)}
          </Button>
        ))}
      </div>
    </section>
  )
}

function OneCheck({ check, model }: { check: Check; model: string }) {
  const { t } = useTranslation()
  const { state, key, values } = check
  const Sign = signs[state]
  const figures = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === 'number' ? count(value) : value]),
  )
  return (
    <li className={styles.check} data-state={state}>
      <Sign size={16} stroke={1.8} role="img" aria-label={t(`assistant.check.state.${state}`)} />
      <span>{t(`assistant.check.${key}`, { model, ...figures })}</span>
    </li>
  )
}
