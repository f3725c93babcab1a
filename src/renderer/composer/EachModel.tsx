import type { JobPreview, ModelInfo } from '@shared/contract'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { about, money } from '../format'
import { eachOf, formsOf, settingsOf, useComposer, type EachCell, type Setting } from '../state/composer'
import styles from './EachModel.module.css'
import { paramName, valueName } from './words'

interface EachModelProps {
  models: ModelInfo[]
  previews: Record<string, JobPreview>
}

/** What each of several models gets of the shared settings, and what it costs: where they differ is marked. */
export function EachModel({ models, previews }: EachModelProps) {
  const { t } = useTranslation()
  const params = useComposer((state) => state.params)
  const forms = useMemo(() => formsOf(models), [models])
  const settings = useMemo(() => settingsOf(forms, params), [forms, params])
  const rows = useMemo(() => eachOf(forms, settings, params), [forms, settings, params])
  return (
    <div className={styles.scroll} tabIndex={0} role="group" aria-label={t('composer.each.title')}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('composer.each.model')}</th>
            {settings.map(({ title }) => (
              <th key={title} scope="col">
                {paramName(title)}
              </th>
            ))}
            <th scope="col" className={styles.number}>
              {t('composer.each.price')}
            </th>
            <th scope="col" className={styles.number}>
              {t('composer.each.time')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ model, cells }, place) => (
            <tr key={model}>
              <th scope="row">{models[place]?.label}</th>
              {cells.map((cell, column) => {
                const setting = settings[column]
                return setting ? <Cell key={setting.title} cell={cell} setting={setting} /> : null
              })}
              <td className={styles.number}>
                <Price preview={previews[model]} />
              </td>
              <td className={styles.number}>
                {previews[model]?.seconds == null ? '–' : about(previews[model].seconds).toLocaleLowerCase()}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Cell({ cell, setting }: { cell: EachCell; setting: Setting }) {
  const { t } = useTranslation()
  switch (cell.kind) {
    case 'none':
      return (
        <td className={styles.none}>
          <span aria-hidden>–</span>
          <span className="sr-only">{t('composer.each.none')}</span>
        </td>
      )
    case 'auto':
      return <td className={styles.quiet}>{t('composer.setting.auto')}</td>
    case 'value':
      return (
        <td data-differs={cell.differs ? '' : undefined} className={styles.value}>
          {valueName(t, setting.title, cell.shown, setting.unit)}
          {cell.differs ? <span className="sr-only"> {t('composer.each.differs')}</span> : null}
          {cell.sent === null ? null : <span className={styles.sent}>{String(cell.sent)}</span>}
        </td>
      )
  }
}

function Price({ preview }: { preview: JobPreview | undefined }) {
  const { t } = useTranslation()
  if (!preview) return '–'
  if (preview.estimate === null) return t('composer.estimate.unknown')
  return preview.estimate.micros === 0 ? t('ui.free') : money(preview.estimate)
}
