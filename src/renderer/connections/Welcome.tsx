import { IconCircleCheck, IconCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { AccountProvider } from '../state/connections'
import { textOf } from '../messages'
import { Button } from '../ui'
import { addConnection } from './draft'
import { guides } from './guides'
import styles from './List.module.css'

/** The shape of a connection: a name, where it leads, how things stand. */
function Shape() {
  return (
    <div className={styles.shape} aria-hidden="true">
      {[0, 1].map((place) => (
        <div key={place} className={styles.shapeCard} data-place={place}>
          {place === 0 ? <IconCircleCheck size={18} stroke={1.8} /> : <IconCircle size={18} stroke={1.8} />}
          <span>
            <b />
            <i />
          </span>
          <em />
        </div>
      ))}
    </div>
  )
}

/** What a provider is good for, in a sentence. */
function offerOf({ id, models }: AccountProvider): string {
  return textOf(`connections.offer.${id}`, {}, models[0]?.summary ?? '')
}

/** What stands here before the first connection: its shape, what it is good for, and the way to it. */
export function Welcome({ providers }: { providers: readonly AccountProvider[] }) {
  const { t } = useTranslation()
  return (
    <section className={styles.welcome} aria-labelledby="connections-title">
      <Shape />
      <h1 id="connections-title" className={styles.title}>
        {t('connections.empty.title')}
      </h1>
      <p className={styles.lead}>{t('connections.empty.body')}</p>
      <ul className={styles.offers}>
        {providers.map((provider, place) => {
          const guide = guides[provider.id]
          return (
            <li key={provider.id} className={styles.offer}>
              <div>
                <h2>{provider.label}</h2>
                <p>{guide ? t(`connections.guide.${guide}.offer`) : offerOf(provider)}</p>
              </div>
              <div className={styles.actions}>
                {guide ? (
                  <Button onClick={() => addConnection(provider, false)}>
                    {t('connections.empty.form')}
                  </Button>
                ) : null}
                <Button
                  variant={place === 0 ? 'primary' : 'plain'}
                  onClick={() => addConnection(provider, guide !== undefined)}
                >
                  {guide
                    ? t(`connections.guide.${guide}.action`)
                    : t('connections.connect', { provider: provider.label })}
                </Button>
              </div>
            </li>
          )
        })}
      </ul>
      <p className={styles.also}>
        {t('connections.empty.simulate')} <code>npm run simulate</code>
      </p>
    </section>
  )
}
