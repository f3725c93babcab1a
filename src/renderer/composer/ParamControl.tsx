import { useTranslation } from 'react-i18next'
import { shownOf, type Field, type ParamValue } from '../state/composer'
import { NumberField, Segmented, Select, Slider, Switch, TextField } from '../ui'
import styles from './ParamControl.module.css'
import { SeedControl } from './SeedControl'
import { SizeControl } from './SizeControl'
import { paramName, unsetName, valueName } from './words'

/** Up to this many short choices stand side by side. */
const fewChoices = 3
/** The choice of none; no option has this place. */
const unset = '-1'

interface ParamControlProps {
  field: Field
  /** What is set, or undefined when it is left to the model. */
  value: ParamValue | undefined
  error: string | undefined
  /** A value as the person reads it; what it stands for when absent. */
  written?: (value: ParamValue) => ParamValue
  onChange: (value: ParamValue | undefined) => void
}

/** One parameter of a model, drawn as its description asks, with what is wrong with it beneath. */
export function ParamControl(props: ParamControlProps) {
  const { field, error } = props
  const ownError = field.control === 'number' || field.control === 'text' || field.control === 'seed'
  return (
    <div className={styles.param}>
      <Control {...props} />
      {error !== undefined && !ownError ? (
        <p className={styles.error} role="alert">
          {error}
        </p>
      ) : null}
    </div>
  )
}

function Control({
  field,
  value,
  error,
  written = (own) => shownOf(field, own),
  onChange,
}: ParamControlProps) {
  const { t } = useTranslation()
  const { title, unit, min, max, step } = field
  const label = paramName(title)
  const shown = value ?? field.fallback
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
