import { Suspense, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  formsOf,
  maxCount,
  namesOf,
  paramComplaint,
  plainOf,
  settingsOf,
  useChosen,
  useComposer,
  valueIn,
  writtenOf,
  type Complaint,
  type Setting,
} from '../state/composer'
import { useStudio } from '../state/studio'
import { Button, Chip, NumberField, Popover } from '../ui'
import { ChoiceList, ParamControl } from './late'
import styles from './SettingChips.module.css'
import { paramName, settingText, settingValue, valueName } from './words'

/** The settings of the chosen models as chips, each opening its control. */
export function SettingChips({ complaints }: { complaints: readonly Complaint[] }) {
  const chosen = useChosen()
  const params = useComposer((state) => state.params)
  const forms = useMemo(() => formsOf(chosen), [chosen])
  const settings = useMemo(() => settingsOf(forms, params), [forms, params])
  return settings.map((setting) => (
    <SettingChip
      key={setting.title}
      setting={setting}
      chosenModels={chosen.length}
      error={setting.carriers
        .flatMap(({ model, field }) => namesOf(field).map((name) => paramComplaint(complaints, model, name)))
        .find((text) => text !== undefined)}
    />
  ))
}

interface SettingChipProps {
  setting: Setting
  chosenModels: number
  error: string | undefined
}

function SettingChip({ setting, chosenModels, error }: SettingChipProps) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const models = useStudio((state) => state.models)
  const setSetting = useComposer((state) => state.setSetting)
  const params = useComposer((state) => state.params)
  const set = setting.carriers.some(({ model, field }) => valueIn(field, params[model]) !== undefined)
  const { title, carriers, lead, control, value, range } = setting
  const name = paramName(title)
  const labels = (ids: readonly string[]) => ids.map((id) => models[id]?.label ?? id).join(', ')
  if (!lead) return null

  const panel =
    control === 'choice' ? (
      <ChoiceList
        label={name}
        shape={title === 'ratio'}
        value={value.kind === 'one' ? value.value : null}
        options={setting.options.map((option) => ({
          value: option.value,
          label: valueName(t, title, option.written, setting.unit),
          hint:
            option.missing.length > 0
              ? t('composer.setting.notFor', { models: labels(option.missing) })
              : null,
          disabled: option.missing.length === carriers.length,
        }))}
        onChange={(next) => setSetting(setting, next)}
        onDone={() => setOpen(false)}
      />
    ) : (
      <ParamControl
        model={lead.model}
        field={{ ...lead.field, ...range }}
        value={value.kind === 'one' ? valueIn(lead.field, params[lead.model]) : undefined}
        written={(now) => writtenOf(lead.field, now, params[lead.model])}
        error={error}
        onChange={(next) => setSetting(setting, plainOf(next))}
      />
    )

  return (
    <Popover
      side="top"
      label={name}
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Chip
          className={styles.chip ?? ''}
          aria-label={t('composer.setting.label', { name, value: settingValue(t, setting) })}
          aria-invalid={error === undefined ? undefined : true}
        >
          {settingText(t, setting)}
        </Chip>
      }
    >
      <div className={styles.panel} data-control={control}>
        <Suspense>{panel}</Suspense>
        {control === 'choice' && error !== undefined ? <p className={styles.error}>{error}</p> : null}
        {(control === 'choice' || control === 'size') && set ? (
          <Button variant="quiet" size="s" onClick={() => setSetting(setting, undefined)}>
            {t('composer.setting.reset')}
          </Button>
        ) : null}
        {carriers.length < chosenModels ? (
          <p className={styles.note}>
            {t('composer.setting.onlyFor', { models: labels(carriers.map((carrier) => carrier.model)) })}
          </p>
        ) : null}
      </div>
    </Popover>
  )
}

/** How many videos of each model. */
export function CountChip() {
  const { t } = useTranslation()
  const count = useComposer((state) => state.count)
  const times = `×\u202f${count}`
  const setCount = useComposer((state) => state.setCount)
  return (
    <Popover
      side="top"
      label={t('composer.count.name')}
      trigger={<Chip aria-label={t('composer.count.label', { count: times })}>{times}</Chip>}
    >
      <div className={styles.panel} data-control="number">
        <NumberField
          label={t('composer.count.name')}
          value={count}
          min={1}
          max={maxCount}
          step={1}
          onChange={(next) => {
            if (next !== null) setCount(Math.min(maxCount, Math.max(1, Math.round(next))))
          }}
        />
        <p className={styles.note}>{t('composer.count.hint')}</p>
      </div>
    </Popover>
  )
}
