import { useRef, type KeyboardEvent, type PointerEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { cropOf } from './crop'
import styles from './FitDialog.module.css'

interface Point {
  x: number
  y: number
}

interface CropPictureProps {
  src: string
  image: { width: number; height: number }
  ratio: number
  /** Shares of width and height. */
  focus: Point
  onFocus: (focus: Point) => void
}

const arrows: Record<string, Point> = {
  ArrowLeft: { x: -0.02, y: 0 },
  ArrowRight: { x: 0.02, y: 0 },
  ArrowUp: { x: 0, y: -0.02 },
  ArrowDown: { x: 0, y: 0.02 },
}

/** An image with what stays of it: the frame follows the pointer and the arrow keys. */
export function CropPicture({ src, image, ratio, focus, onFocus }: CropPictureProps) {
  const { t } = useTranslation()
  const picture = useRef<HTMLDivElement>(null)
  const crop = cropOf(image, ratio, focus)
  const share = (value: number) => `${value * 100}%`

  const centre = { x: crop.x + crop.width / 2, y: crop.y + crop.height / 2 }
  const within = ({ x, y }: Point) => ({ x: Math.min(1, Math.max(0, x)), y: Math.min(1, Math.max(0, y)) })

  const follow = (event: PointerEvent) => {
    const box = picture.current?.getBoundingClientRect()
    if (!box || event.buttons === 0) return
    onFocus(within({ x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height }))
  }
  const nudge = (event: KeyboardEvent) => {
    const by = arrows[event.key]
    if (!by) return
    event.preventDefault()
    // From where the frame really is, so that no press is spent beyond the edge.
    onFocus(within({ x: centre.x + by.x, y: centre.y + by.y }))
  }

  return (
    <div
      ref={picture}
      className={styles.picture}
      style={{ aspectRatio: `${image.width} / ${image.height}` }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        follow(event)
      }}
      onPointerMove={follow}
    >
      <img src={src} alt="" draggable={false} />
      <div
        className={styles.frame}
        role="slider"
        tabIndex={0}
        aria-label={t('drop.fit.frame')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round((crop.width < 1 ? centre.x : centre.y) * 100)}
        style={{
          left: share(crop.x),
          top: share(crop.y),
          width: share(crop.width),
          height: share(crop.height),
        }}
        onKeyDown={nudge}
      />
    </div>
  )
}
