import { useTranslation } from 'react-i18next'
import { sidesOf, shownOf, type Field, type ParamValue } from '../state/composer'
import { NumberField } from '../ui'
import { ChoiceList } from './ChoiceList'
import styles from './ParamControl.module.css'
import { paramName, valueName } from './words'

interface SizeControlProps {
  field: Field
  value: ParamValue | undefined
  onChange: (size: ParamValue) => void
}

/** The sizes a model was made for, and below them any other by its two sides. */
export function SizeControl({ field, value, onChange }: SizeControlProps) {
  const { t } = useTranslation()
  const { title, options, parts, min, max, step } = field
  const sides = sidesOf(value)
  if (!parts || !sides) return null
  return (
    <div className={styles.size}>
      <ChoiceList
        label={paramName(title)}
        shape
        value={value ?? null}
        options={options.map((own) => ({
          value: own,
          label: valueName(t, title, own, null),
          hint: valueName(t, title, shownOf(field, own), null),
          disabled: false,
        }))}
        onChange={onChange}
        onDone={() => undefined}
      />
      <div className={styles.sides}>
        {parts.map(({ name, title }, place) => (
          <NumberField
            key={name}
            label={paramName(title)}
            value={sides[place] ?? null}
            min={min ?? 1}
            max={max ?? Number.MAX_SAFE_INTEGER}
            step={step}
            onChange={(side) => {
              if (side !== null) onChange(place === 0 ? `${side}×${sides[1]}` : `${sides[0]}×${side}`)
            }}
          />
        ))}
      </div>
      <p className={styles.hint}>{t('composer.setting.sizeStep', { step })}</p>
    </div>
  )
}
