import { Select as Base } from '@base-ui/react/select'
import { IconCheck, IconChevronDown } from '@tabler/icons-react'
import popup from './popup.module.css'
import styles from './Select.module.css'

export interface SelectOption<Value extends string> {
  value: Value
  label: string
  hint?: string
  disabled?: boolean
}

export interface SelectProps<Value extends string> {
  /** Its name for screen readers; the visible label, where there is one, stands beside it. */
  label: string
  value: Value
  options: SelectOption<Value>[]
  onChange: (value: Value) => void
  disabled?: boolean
}

/** One choice of a few. */
export function Select<Value extends string>({
  label,
  value,
  options,
  onChange,
  disabled = false,
}: SelectProps<Value>) {
  return (
    <Base.Root
      items={options}
      value={value}
      disabled={disabled}
      modal={false}
      onValueChange={(next) => {
        if (next !== null) onChange(next)
      }}
    >
      <Base.Trigger className={styles.trigger} aria-label={label}>
        <Base.Value className={styles.value} />
        <Base.Icon className={styles.icon}>
          <IconChevronDown size={14} />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner
          className={popup.positioner}
          alignItemWithTrigger={false}
          sideOffset={5}
          align="start"
        >
          <Base.Popup className={popup.popup}>
            <Base.List className={`${popup.list} ${styles.list}`}>
              {options.map((option) => (
                <Base.Item
                  key={option.value}
                  value={option.value}
                  disabled={option.disabled ?? false}
                  className={popup.item}
                >
                  <span className={popup.text}>
                    <Base.ItemText>{option.label}</Base.ItemText>
                    {option.hint === undefined ? null : <span className={popup.hint}>{option.hint}</span>}
                  </span>
                  <span className={popup.mark}>
                    <Base.ItemIndicator>
                      <IconCheck size={15} />
                    </Base.ItemIndicator>
                  </span>
                </Base.Item>
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
