import { Tabs } from '@base-ui/react/tabs'
import type { ModelInfo } from '@shared/contract'
import { IconCode } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import {
  barOf,
  fieldsOf,
  paramComplaint,
  plainOf,
  useComposer,
  type Complaint,
  type Field,
  type Params,
} from '../state/composer'
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
      {pages.length === 0 ? <p className={styles.none}>{t('composer.block.models')}</p> : null}
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
            <Page model={model} fields={fields} complaints={complaints} />
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
  model: ModelInfo
  fields: Field[]
  complaints: readonly Complaint[]
}

function Page({ model: { id, label, params: schema }, fields, complaints }: PageProps) {
  const { t } = useTranslation()
  const params = useComposer((state) => state.params[id])
  const inputs = useComposer((state) => state.inputs)
  const setParam = useComposer((state) => state.setParam)
  // What a chip shows counts too.
  const all = useMemo(() => fieldsOf(schema), [schema])
  if (fields.length === 0) return <p className={styles.none}>{t('composer.more.none', { model: label })}</p>
  return fields.map((field) => {
    const bar = barOf(field, all, params ?? {}, inputs)
    return (
      <ParamControl
        key={field.name}
        model={id}
        field={field}
        value={params?.[field.name]}
        // What bars it says it already, and what to do.
        error={bar === null ? paramComplaint(complaints, id, field.name) : undefined}
        bar={bar}
        seconds={secondsOf(field, all, params)}
        onChange={(value) => setParam(id, field.name, value)}
      />
    )
  })
}

/** The value, as it stands, of the parameter that is the length of a field's shots. */
function secondsOf({ shots }: Field, all: readonly Field[], params: Params | undefined): number {
  const whole = all.find(({ name }) => name === shots?.of)
  return Number((whole && (plainOf(params?.[whole.name]) ?? whole.fallback)) ?? 1)
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
