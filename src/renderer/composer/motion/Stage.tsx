import type { AssetInfo } from '@shared/contract'
import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { mediaUrl } from '../../api'
import { still, type Drawing, type Point, type Stroke } from './drawing'
import type { Layers } from './layers'
import styles from './Motion.module.css'
import { Paths } from './Paths'

export type Tool = 'brush' | 'eraser' | 'path'

interface StageProps {
  frame: AssetInfo
  drawing: Drawing
  layers: Layers
  chosen: number
  tool: Tool
  /** Diameter of the brush in pixels of the frame. */
  size: number
  onStroke: (stroke: Stroke) => void
  onPath: (path: Point[]) => void
  /** Which areas have anything painted. */
  onPainted: (painted: boolean[]) => void
}

const steps: Record<string, Point> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
}

/** The first frame with what is painted on it. The pointer paints and draws; so do the arrow keys with Enter. */
export function Stage(props: StageProps) {
  const { frame, drawing, layers, chosen, tool, size, onStroke, onPath, onPainted } = props
  const { t } = useTranslation()
  const stage = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const live = useRef<Point[] | null>(null)
  const [livePath, setLivePath] = useState<Point[] | null>(null)
  const [cursor, setCursor] = useState<Point>({ x: frame.width / 2, y: frame.height / 2 })
  const [hover, setHover] = useState(false)
  const { width, height } = frame
  const path = tool === 'path' && chosen !== still

  const show = () => {
    const pen = canvas.current?.getContext('2d')
    if (!pen) return
    const look = getComputedStyle(pen.canvas)
    const colours = drawing.map((_, place) => look.getPropertyValue(`--area-${place + 1}`).trim())
    const points = live.current
    const stroke = points !== null && !path ? { erase: tool === 'eraser', size, points } : null
    layers.show(pen, chosen, colours, stroke)
  }
  const latest = useRef(show)
  useLayoutEffect(() => onPainted(layers.update(drawing)), [layers, drawing, onPainted])
  useLayoutEffect(() => {
    latest.current = show
    show()
  })
  const waiting = useRef(0)
  useEffect(() => () => cancelAnimationFrame(waiting.current), [])
  const showSoon = () => {
    cancelAnimationFrame(waiting.current)
    waiting.current = requestAnimationFrame(() => latest.current())
  }

  const placeOf = (event: { clientX: number; clientY: number }): Point => {
    const box = stage.current?.getBoundingClientRect()
    if (!box) return { x: 0, y: 0 }
    const share = (at: number, start: number, length: number) =>
      Math.min(1, Math.max(0, (at - start) / length))
    return {
      x: share(event.clientX, box.left, box.width) * width,
      y: share(event.clientY, box.top, box.height) * height,
    }
  }

  const begin = (event: PointerEvent) => {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    live.current = [placeOf(event)]
    if (path) setLivePath(live.current)
    showSoon()
  }
  const go = (event: PointerEvent) => {
    setCursor(placeOf(event))
    const points = live.current
    if (points === null) return
    for (const each of event.nativeEvent.getCoalescedEvents?.() ?? [event]) points.push(placeOf(each))
    if (path) setLivePath([...points])
    else showSoon()
  }
  const end = () => {
    const points = live.current
    live.current = null
    setLivePath(null)
    if (points === null) return
    if (!path) return onStroke({ erase: tool === 'eraser', size, points })
    const [first] = points
    const moved = points.some(
      (point) => first && Math.hypot(point.x - first.x, point.y - first.y) > width / 100,
    )
    // A touch adds a point to the path, a stroke is a path of its own.
    onPath(moved ? points : [...(drawing[chosen]?.path ?? []), ...(first ? [first] : [])])
  }

  const key = (event: KeyboardEvent) => {
    const by = steps[event.key]
    if (by) {
      event.preventDefault()
      const far = Math.max(width, height) / (event.shiftKey ? 200 : 40)
      const within = (value: number, most: number) => Math.min(most, Math.max(0, value))
      setCursor(({ x, y }) => ({ x: within(x + by.x * far, width), y: within(y + by.y * far, height) }))
      return
    }
    if (event.key !== 'Enter' && event.key !== ' ') return
    event.preventDefault()
    if (path) onPath([...(drawing[chosen]?.path ?? []), cursor])
    else onStroke({ erase: tool === 'eraser', size, points: [cursor] })
  }

  return (
    <div
      ref={stage}
      className={styles.stage}
      // As large as the window allows, in the frame's own shape.
      style={{
        aspectRatio: `${width} / ${height}`,
        width: `min(100%, calc((100vh - 268px) * ${width / height}))`,
      }}
      role="application"
      tabIndex={0}
      aria-label={t('composer.motion.stage')}
      aria-describedby="motion-keys"
      onKeyDown={key}
      onFocus={() => setHover(true)}
      onBlur={() => setHover(false)}
      onPointerEnter={() => setHover(true)}
      onPointerLeave={() => setHover(false)}
      onPointerDown={begin}
      onPointerMove={go}
      onPointerUp={end}
      onPointerCancel={end}
    >
      <img src={mediaUrl.asset(frame.id)} alt="" draggable={false} />
      <canvas ref={canvas} width={layers.size.width} height={layers.size.height} />
      <Paths
        frame={frame}
        drawing={drawing}
        chosen={chosen}
        live={livePath}
        cursor={hover ? { at: cursor, radius: path ? 0 : size / 2 } : null}
      />
    </div>
  )
}
