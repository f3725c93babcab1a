import { IconAdjustmentsHorizontal } from '@tabler/icons-react'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import {
  formsOf,
  moreOf,
  paramComplaint,
  settingsOf,
  useChosen,
  useComposer,
  type Complaint,
} from '../state/composer'
import { Chip, Popover } from '../ui'
import styles from './MoreChip.module.css'
import { MorePanel } from './late'

interface MoreChipProps {
  complaints: readonly Complaint[]
  onPreview: () => void
}

/** Everything else the chosen models can be told, each model on its own page when there are several. */
export function MoreChip({ complaints, onPreview }: MoreChipProps) {
  const { t } = useTranslation()
  const params = useComposer((state) => state.params)
  const models = useChosen()
  const forms = formsOf(models)
  const settings = settingsOf(forms, params)
  const pages = models.map((model, place) => {
    const form = forms[place]
    return { model, fields: form ? moreOf(form, settings) : [] }
  })
  const changed = pages.reduce(
    (sum, { model, fields }) =>
      sum + fields.filter((field) => params[model.id]?.[field.name] !== undefined).length,
    0,
  )
  const wrong = pages.some(({ model, fields }) =>
    fields.some((field) => paramComplaint(complaints, model.id, field.name) !== undefined),
  )

  return (
    <Popover
      side="top"
      label={t('composer.more.label')}
      trigger={
        <Chip
          icon={<IconAdjustmentsHorizontal size={15} />}
          className={styles.chip ?? ''}
          aria-invalid={wrong ? true : undefined}
        >
          {t('composer.more.name')}
          {changed > 0 ? <span className={styles.changed}>{changed}</span> : null}
          <span className="sr-only">
            {t(changed > 0 ? 'composer.more.changed' : 'composer.more.settings')}
          </span>
        </Chip>
      }
    >
      <Suspense>
        <MorePanel pages={pages} changed={changed} complaints={complaints} onPreview={onPreview} />
      </Suspense>
    </Popover>
  )
}
