import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HeldValue } from '../../state/composer'
import { Select, Slider } from '../../ui'
import { axes, moveAxis, presets, reach, readMove, writeMove, type Axis, type CameraMove } from './camera'
import param from '../ParamControl.module.css'
import styles from './Camera.module.css'
import { Pad } from './Pad'
import { amountText, signed } from './words'

interface CameraControlProps {
  label: string
  value: HeldValue | undefined
  disabled: boolean
  onChange: (value: HeldValue | undefined) => void
}

/** How the camera moves: left to the model, one of the ready moves, or along exactly one axis. */
export function CameraControl({ label, value, disabled, onChange }: CameraControlProps) {
  const { t } = useTranslation()
  const move = readMove(value)
  /** The axis that was set back by moving another. */
  const [setBack, setSetBack] = useState<Axis | null>(null)

  const options = [
    { value: 'none', label: t('composer.camera.none') },
    ...presets.map((type) => ({ value: type, label: t(`composer.camera.type.${type}`), hint: type })),
    { value: 'simple', label: t('composer.camera.type.simple'), hint: 'simple' },
  ]
  const choose = (type: string) => {
    setSetBack(null)
    const preset = presets.find((own) => own === type)
    if (type === 'none') onChange(undefined)
    else onChange(writeMove({ type: preset ?? 'simple', moved: null }))
  }
  const take = (next: CameraMove) => {
    const before = move?.moved?.axis ?? null
    const after = next.moved?.axis ?? null
    if (before !== null && after !== null && before !== after) setSetBack(before)
    onChange(writeMove(next))
  }

  return (
    <div className={styles.camera} role="group" aria-label={label}>
      <div className={param.row}>
        <span className={param.label}>{label}</span>
        <Select
          label={label}
          value={move?.type ?? 'none'}
          options={options}
          disabled={disabled}
          onChange={choose}
        />
      </div>
      {move?.type === 'simple' && !disabled ? (
        <>
          <div className={styles.top}>
            <Pad move={move} onMove={take} />
            <div className={styles.rule}>
              <p>{t('composer.camera.one')}</p>
              <p className={styles.said} role="status">
                {setBack === null || move.moved === null
                  ? null
                  : t('composer.camera.setBack', {
                      axis: t(`composer.camera.axis.${setBack}`),
                      other: t(`composer.camera.axis.${move.moved.axis}`),
                    })}
              </p>
            </div>
          </div>
          <div className={styles.axes}>
            {axes.map((axis) => (
              <AxisLine
                key={axis}
                axis={axis}
                amount={move.moved?.axis === axis ? move.moved.amount : 0}
                onMove={take}
              />
            ))}
          </div>
          <p className={styles.note}>{t('composer.camera.turning')}</p>
        </>
      ) : null}
    </div>
  )
}

/** One axis: its name and how far it goes, and under the line what its two ends mean. */
function AxisLine({
  axis,
  amount,
  onMove,
}: {
  axis: Axis
  amount: number
  onMove: (move: CameraMove) => void
}) {
  const { t } = useTranslation()
  const name = t(`composer.camera.axis.${axis}`)
  return (
    <>
      <span className={styles.axis} data-moved={amount === 0 ? undefined : ''} aria-hidden="true">
        {name}
        <span className={styles.amount}>{signed(amount)}</span>
      </span>
      <div className={styles.line}>
        <Slider
          bare
          label={name}
          value={amount}
          min={-reach}
          max={reach}
          step={1}
          format={(value) => amountText(t, axis, value)}
          onChange={(value) => onMove(moveAxis(axis, value))}
        />
        <span className={styles.ends} aria-hidden="true">
          <span>{t(`composer.camera.way.${axis}.minus`)}</span>
          <span>{t(`composer.camera.way.${axis}.plus`)}</span>
        </span>
      </div>
    </>
  )
}
