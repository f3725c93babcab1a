import { useTranslation } from 'react-i18next'
import { useStudio } from '../state/studio'
import { useAssetNames } from './assets'
import styles from './Compare.module.css'
import { differencesOf } from './differences'
import { factsOf } from './facts'
import type { Column } from './useColumns'
import { wordDiff, type Stretch } from './words'

/** What the videos were made of and what came of it: what differs in columns, what is the same said once. */
export function Table({ columns }: { columns: Column[] }) {
  const { t } = useTranslation()
  const models = useStudio((state) => state.models)
  const known = columns.filter(({ row }) => row !== undefined)
  const names = useAssetNames(
    known.flatMap(({ detail }) => detail?.inputs.map(({ assetId }) => assetId) ?? []),
  )
  const { differing, same } = differencesOf(
    known.map((column) => factsOf(t, column, models[column.row?.model ?? ''], (id) => names[id] ?? '')),
  )
  const prompts = known.map(({ row, detail }) => detail?.prompt ?? row?.prompt ?? '')
  const onePrompt = prompts.every((prompt) => prompt === prompts[0])
  return (
    <>
      {differing.length === 0 && onePrompt ? null : (
        <section className={styles.section}>
          <h2 className={styles.heading}>{t('compare.differs')}</h2>
          <div className={styles.scroll} tabIndex={0} role="region" aria-label={t('compare.differs')}>
            <table className={styles.table}>
              <thead>
                <tr>
                  <td />
                  {known.map(({ id, letter }) => (
                    <th key={id} scope="col">
                      {letter}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {onePrompt ? null : <Prompts letters={known.map(({ id }) => id)} prompts={prompts} />}
                {differing.map(({ key, name, cells }) => (
                  <tr key={key}>
                    <th scope="row">{name}</th>
                    {cells.map((cell, place) => (
                      <td
                        key={known[place]?.id}
                        className="selectable"
                        data-none={cell === null ? '' : undefined}
                      >
                        {cell ?? (
                          <>
                            <span aria-hidden="true">—</span>
                            <span className="sr-only">{t('compare.none')}</span>
                          </>
                        )}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </section>
      )}
      <section className={styles.section}>
        <h2 className={styles.heading}>{t('compare.same')}</h2>
        {onePrompt && prompts[0] ? (
          <p className={`${styles.samePrompt} selectable`} dir="auto">
            {prompts[0]}
          </p>
        ) : null}
        <dl className={styles.same}>
          {same.map(({ key, name, cells }) => (
            <div key={key}>
              <dt>{name}</dt>
              <dd className="selectable">{cells[0]}</dd>
            </div>
          ))}
        </dl>
      </section>
    </>
  )
}

function Prompts({ letters, prompts }: { letters: readonly string[]; prompts: readonly string[] }) {
  const { t } = useTranslation()
  return (
    <tr>
      <th scope="row">{t('inspector.prompt.title')}</th>
      {wordDiff(prompts).map((stretches, place) => (
        <td key={letters[place]} className={`${styles.prompt} selectable`} dir="auto">
          <Marked stretches={stretches} />
        </td>
      ))}
    </tr>
  )
}

function Marked({ stretches }: { stretches: readonly Stretch[] }) {
  return stretches.map(({ text, common }, place) =>
    // The stretches of one text never change their places among themselves.
    common ? <span key={place}>{text}</span> : <mark key={place}>{text}</mark>,
  )
}
