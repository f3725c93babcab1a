import type { ModelInfo, ProviderInfo } from '@shared/contract'
import { useTranslation } from 'react-i18next'
import { about } from '../format'
import { obstaclesOf, useComposer } from '../state/composer'
import { connectionFor, needOf, useConnections } from '../state/connections'
import { useStudio } from '../state/studio'
import { Tick } from '../ui'
import styles from './ModelList.module.css'
import { modelSummary, obstacleText, unitPrice } from './words'

/** Every model there is, by provider, each on or off; one that cannot take the present inputs says why. */
export function ModelList() {
  const { t } = useTranslation()
  const providers = useStudio((state) => state.providers)
  const ids = useComposer((state) => state.models)
  const inputs = useComposer((state) => state.inputs)
  const { connections, loaded } = useConnections()
  const addModel = useComposer((state) => state.addModel)
  const removeModel = useComposer((state) => state.removeModel)

  const offered = providers.filter(({ models }) => models.length > 0)
  /** None of its models can be used before there is an account: said once, for all of them. */
  const locked = ({ models }: ProviderInfo) =>
    loaded &&
    models.every(({ id }) => {
      const need = needOf(providers, id)
      return need !== null && connectionFor(connections, need, {}) === null
    })
  const sorted = [...offered.filter((own) => !locked(own)), ...offered.filter(locked)]

  const facts = ({ price, typicalSeconds }: ModelInfo) => {
    const least = unitPrice(t, price, { micros: price.micros, currency: price.currency })
    const dearer = price.tiers?.some(({ micros }) => micros > price.micros) ?? false
    const cost = dearer ? t('composer.model.from', { price: least }) : least
    return typicalSeconds === null ? cost : `${cost} · ${about(typicalSeconds).toLocaleLowerCase()}`
  }

  return (
    <div className={styles.list}>
      {offered.length === 0 ? <p className={styles.note}>{t('composer.model.none')}</p> : null}
      {sorted.map((provider) => {
        const later = locked(provider)
        const titled = provider.models.length > 1
        return (
          <div key={provider.id} role="group" aria-label={provider.label}>
            {titled ? (
              <p className={styles.provider}>
                {provider.label}
                {later ? <span className={styles.later}>{t('composer.model.connectFirst')}</span> : null}
              </p>
            ) : null}
            {provider.models.map((model) => {
              const on = ids.includes(model.id)
              // What is still missing can be added; only an image that is there may stand against a model.
              const need = needOf(providers, model.id)
              const against = obstaclesOf(model, inputs).find((obstacle) => obstacle.key !== 'required')
              return (
                <label key={model.id} className={styles.model} data-off={against && !on ? '' : undefined}>
                  <Tick
                    checked={on}
                    disabled={against !== undefined && !on}
                    onChange={(now) => (now ? addModel(model.id) : removeModel(model.id))}
                  />
                  <span className={styles.words}>
                    <span className={styles.name}>{model.label}</span>
                    <span className={styles.facts}>{facts(model)}</span>
                    <span className={styles.summary}>{modelSummary(model)}</span>
                    {loaded && !(titled && later) && need && !connectionFor(connections, need, {}) ? (
                      <span className={styles.later}>{t('composer.model.connectFirst')}</span>
                    ) : null}
                    {against ? (
                      <span className={styles.against}>{obstacleText(t, model.label, against)}</span>
                    ) : null}
                  </span>
                </label>
              )
            })}
          </div>
        )
      })}
      <p className={styles.note}>{t('composer.model.hint')}</p>
    </div>
  )
}
