import { useRef, type KeyboardEvent, type PointerEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { axisAt, moveAxis, reach, type Axis, type CameraMove } from './camera'
import styles from './Camera.module.css'
import { amountText } from './words'

const arrows: Record<string, { axis: Axis; by: number }> = {
  ArrowLeft: { axis: 'horizontal', by: -1 },
  ArrowRight: { axis: 'horizontal', by: 1 },
  ArrowDown: { axis: 'vertical', by: -1 },
  ArrowUp: { axis: 'vertical', by: 1 },
}

interface PadProps {
  move: CameraMove
  onMove: (move: CameraMove) => void
}

/** Horizontal and vertical as a field: it follows the pointer and the arrow keys, along one of the two at a time. */
export function Pad({ move, onMove }: PadProps) {
  const { t } = useTranslation()
  const field = useRef<HTMLDivElement>(null)
  const amountOf = (axis: Axis) => (move.moved?.axis === axis ? move.moved.amount : 0)
  const [x, y] = [amountOf('horizontal'), amountOf('vertical')]
  const shown: Axis = y === 0 ? 'horizontal' : 'vertical'

  const follow = (event: PointerEvent) => {
    const box = field.current?.getBoundingClientRect()
    if (!box || event.buttons === 0) return
    const share = (at: number, start: number, length: number) => ((at - start) / length) * 2 - 1
    const within = (value: number) => Math.min(1, Math.max(-1, value))
    onMove(
      axisAt(
        within(share(event.clientX, box.left, box.width)),
        within(-share(event.clientY, box.top, box.height)),
      ),
    )
  }
  const nudge = (event: KeyboardEvent) => {
    const step = arrows[event.key]
    if (!step) return
    event.preventDefault()
    onMove(moveAxis(step.axis, amountOf(step.axis) + step.by))
  }
  const share = (amount: number) => 50 + (amount / reach) * 46

  return (
    <div
      ref={field}
      className={styles.pad}
      role="slider"
      tabIndex={0}
      aria-label={t('composer.camera.pad')}
      aria-valuemin={-reach}
      aria-valuemax={reach}
      aria-valuenow={amountOf(shown)}
      aria-valuetext={`${t(`composer.camera.axis.${shown}`)}: ${amountText(t, shown, amountOf(shown))}`}
      onKeyDown={nudge}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        follow(event)
      }}
      onPointerMove={follow}
    >
      <span className={styles.across} aria-hidden="true" />
      <span className={styles.down} aria-hidden="true" />
      <span
        className={styles.dot}
        aria-hidden="true"
        data-moved={move.moved === null || (x === 0 && y === 0) ? undefined : ''}
        style={{ left: `${share(x)}%`, top: `${100 - share(y)}%` }}
      />
    </div>
  )
}
