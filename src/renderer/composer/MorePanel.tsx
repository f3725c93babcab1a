import { Tabs } from '@base-ui/react/tabs'
import type { ModelInfo } from '@shared/contract'
import { IconCode } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { paramComplaint, useComposer, type Complaint, type Field } from '../state/composer'
import { Button } from '../ui'
import styles from './MoreChip.module.css'
import { ParamControl } from './ParamControl'

/** One chosen model with the fields that no chip shows. */
export interface MorePage {
  model: ModelInfo
  fields: Field[]
}

interface MorePanelProps {
  pages: MorePage[]
  /** How many of these fields are set. */
  changed: number
  complaints: readonly Complaint[]
  onPreview: () => void
}

/** The rest of what the chosen models can be told, one page a model. */
export function MorePanel({ pages, changed, complaints, onPreview }: MorePanelProps) {
  const { t } = useTranslation()
  return (
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

function ResetButton({ pages }: { pages: MorePage[] }) {
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
