import { Tabs } from '@base-ui/react/tabs'
import { IconAdjustmentsHorizontal, IconCode } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import {
  formsOf,
  moreOf,
  paramComplaint,
  settingsOf,
  useChosen,
  useComposer,
  type Complaint,
  type Field,
} from '../state/composer'
import { Button, Chip, Popover } from '../ui'
import styles from './MoreChip.module.css'
import { ParamControl } from './ParamControl'

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
          aria-label={changed > 0 ? t('composer.more.changed', { count: changed }) : t('composer.more.label')}
          className={styles.chip ?? ''}
          aria-invalid={wrong ? true : undefined}
        >
          {t('composer.more.name')}
          {changed > 0 ? <span className={styles.changed}>{changed}</span> : null}
        </Chip>
      }
    >
      <div className={styles.panel}>
        <Tabs.Root defaultValue={pages[0]?.model.id ?? ''}>
          {pages.length > 1 ? (
            <Tabs.List className={styles.tabs}>
              {pages.map(({ model }) => (
                <Tabs.Tab key={model.id} value={model.id} className={styles.tab ?? ''}>
                  {model.label}
                </Tabs.Tab>
              ))}
            </Tabs.List>
          ) : null}
          {pages.map(({ model, fields }) => (
            <Tabs.Panel key={model.id} value={model.id} className={styles.page} tabIndex={-1}>
              <Page model={model.id} label={model.label} fields={fields} complaints={complaints} />
            </Tabs.Panel>
          ))}
        </Tabs.Root>
        <div className={styles.foot}>
          <Button variant="quiet" size="s" icon={<IconCode size={16} />} onClick={onPreview}>
            {t('composer.more.preview')}
          </Button>
          {changed > 0 ? <ResetButton pages={pages} /> : null}
        </div>
      </div>
    </Popover>
  )
}

interface PageProps {
  model: string
  label: string
  fields: Field[]
  complaints: readonly Complaint[]
}

function Page({ model, label, fields, complaints }: PageProps) {
  const { t } = useTranslation()
  const params = useComposer((state) => state.params[model])
  const setParam = useComposer((state) => state.setParam)
  if (fields.length === 0) return <p className={styles.none}>{t('composer.more.none', { model: label })}</p>
  return fields.map((field) => (
    <ParamControl
      key={field.name}
      field={field}
      value={params?.[field.name]}
      error={paramComplaint(complaints, model, field.name)}
      onChange={(value) => setParam(model, field.name, value)}
    />
  ))
}

function ResetButton({ pages }: { pages: { model: { id: string }; fields: Field[] }[] }) {
  const { t } = useTranslation()
  const setParam = useComposer((state) => state.setParam)
  return (
    <Button
      variant="quiet"
      size="s"
      onClick={() => {
        for (const { model, fields } of pages)
          for (const field of fields) setParam(model.id, field.name, undefined)
      }}
    >
      {t('composer.setting.reset')}
    </Button>
  )
}
