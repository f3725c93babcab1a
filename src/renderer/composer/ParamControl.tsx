import { useTranslation } from 'react-i18next'
import { plainOf, shownOf, type Bar, type Field, type HeldValue, type ParamValue } from '../state/composer'
import { Button, NumberField, Segmented, Select, Slider, Switch, TextField } from '../ui'
import { CameraControl } from './camera'
import { MotionControl } from './motion/MotionControl'
import styles from './ParamControl.module.css'
import { SeedControl } from './SeedControl'
import { ShotsControl } from './shots'
import { SizeControl } from './SizeControl'
import { barText, heldText, paramName, unsetName, valueName } from './words'

/** Up to this many short choices stand side by side. */
const fewChoices = 3
/** The choice of none; no option has this place. */
const unset = '-1'

interface ParamControlProps {
  /** Whose parameter it is. */
  model: string
  field: Field
  /** What is set, or undefined when it is left to the model. */
  value: HeldValue | undefined
  error: string | undefined
  /** Of shots: the seconds that they are to be together. */
  seconds?: number
  /** What keeps it from counting as things stand. */
  bar?: Bar | null
  /** A value as the person reads it; what it stands for when absent. */
  written?: (value: ParamValue) => ParamValue
  onChange: (value: HeldValue | undefined) => void
}

/** One parameter of a model, drawn as its description asks, with what is wrong with it beneath. */
export function ParamControl(props: ParamControlProps) {
  const { t } = useTranslation()
  const { field, error, value, bar = null, onChange } = props
  const ownError = field.control === 'number' || field.control === 'text' || field.control === 'seed'
  return (
    <div className={styles.param}>
      <Control {...props} />
      {bar === null ? null : (
        <p className={styles.bar}>
          {barText(t, bar)}
          {value === undefined ? null : (
            <Button size="s" variant="quiet" onClick={() => onChange(undefined)}>
              {t('composer.only.remove', { value: heldText(t, field.title, value, field.unit) })}
            </Button>
          )}
        </p>
      )}
      {error !== undefined && !ownError ? (
        <p className={styles.error} role="alert">
          {error}
        </p>
      ) : null}
    </div>
  )
}

function Control({
  model,
  field,
  value,
  error,
  bar = null,
  seconds = 1,
  written = (own) => shownOf(field, own),
  onChange,
}: ParamControlProps) {
  const { t } = useTranslation()
  const { name, title, unit, min, max, step } = field
  const label = paramName(title)
  const shown = plainOf(value) ?? field.fallback
  const wrong = error === undefined ? {} : { error }
  const withUnit = unit === null ? {} : { unit }

  switch (field.control) {
    case 'choice': {
      const options = [
        // What the model decides by itself, or leaves out, can be gone back to.
        ...(field.fallback === undefined ? [{ value: unset, label: unsetName(t, title) }] : []),
        ...field.options.map((option, place) => ({
          value: String(place),
          label: valueName(t, title, written(option), unit),
        })),
      ]
      const at = shown === undefined ? unset : String(field.options.indexOf(shown))
      const choose = (place: string) => onChange(field.options[Number(place)])
      const control = { label, value: at, options, onChange: choose }
      return (
        <div className={styles.row}>
          <span className={styles.label}>{label}</span>
          {options.length <= fewChoices ? <Segmented {...control} /> : <Select {...control} />}
        </div>
      )
    }
    case 'switch':
      return <Switch label={label} checked={shown === true} onChange={onChange} />
    case 'slider':
    case 'number': {
      const number = typeof shown === 'number' ? shown : null
      if (field.control === 'slider' && min !== null && max !== null)
        return (
          <Slider
            label={label}
            value={number ?? min}
            min={min}
            max={max}
            step={step}
            format={(now) => valueName(t, title, written(now), unit)}
            onChange={onChange}
          />
        )
      return (
        <NumberField
          label={label}
          value={number}
          min={min ?? Number.MIN_SAFE_INTEGER}
          max={max ?? Number.MAX_SAFE_INTEGER}
          step={step}
          {...withUnit}
          {...wrong}
          onChange={(now) => onChange(now ?? undefined)}
        />
      )
    }
    case 'size':
      return <SizeControl field={field} value={shown} onChange={onChange} />
    case 'seed':
      return (
        <SeedControl
          label={label}
          value={typeof shown === 'number' ? shown : undefined}
          max={max}
          {...wrong}
          onChange={onChange}
        />
      )
    case 'camera':
      return <CameraControl label={label} value={value} disabled={bar !== null} onChange={onChange} />
    case 'motion':
      return (
        <MotionControl
          label={label}
          model={model}
          name={name}
          value={value}
          disabled={bar !== null}
          onChange={onChange}
        />
      )
    case 'shots':
      return (
        <ShotsControl
          label={label}
          value={value}
          {...(field.shots ?? { most: 1, text: 1 })}
          seconds={seconds}
          onChange={onChange}
        />
      )
    case 'text':
      return (
        <TextField
          label={label}
          value={typeof shown === 'string' ? shown : ''}
          error={error}
          onChange={(text) => onChange(text === '' ? undefined : text)}
        />
      )
  }
}
