import type { AssetInfo } from '@shared/contract'
import { IconArrowBackUp, IconArrowForwardUp, IconEraser } from '@tabler/icons-react'
import { useEffect, useMemo, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { problemOf } from '../../api'
import { paintedOf, useComposer } from '../../state/composer'
import { Button, confirm, Dialog, IconButton, Segmented, Slider } from '../../ui'
import { areaName, Areas, stateOf } from './Areas'
import { closeBrush, useBrush, type Brush } from './brush'
import * as drawings from './drawing'
import { moving, still, type History } from './drawing'
import { Layers } from './layers'
import styles from './Motion.module.css'
import { openPainted, savePainted, type Opened } from './painted'
import { Stage, type Tool } from './Stage'

/** The motion brush over the page; drawn while {@link useBrush} holds a model and a first frame is there. */
export default function MotionDialog() {
  const brush = useBrush((state) => state.brush)
  const frame = useComposer((state) => state.inputs.find(({ role }) => role === 'first')?.asset)
  return brush && frame ? <Opening key={frame.id} brush={brush} frame={frame} /> : null
}

/** Masks that were painted before are read first; without them there is nothing to wait for. */
function Opening({ brush, frame }: { brush: Brush; frame: AssetInfo }) {
  const { t } = useTranslation()
  // As it stood when the brush was opened: from then on the drawing counts.
  const [value] = useState(() => useComposer.getState().params[brush.model]?.[brush.name])
  const [opened, setOpened] = useState<Opened | null>(null)
  const [said, setSaid] = useState<string | null>(null)
  useEffect(() => {
    let here = true
    const read = async () => {
      try {
        const next = await openPainted(paintedOf(value), frame)
        if (here) setOpened(next)
      } catch {
        if (here) setSaid(t('composer.motion.unreadable'))
      }
    }
    void read()
    return () => {
      here = false
    }
  }, [frame, value, t])
  if (opened) return <Editor brush={brush} frame={frame} opened={opened} />
  if (said === null) return null
  return (
    <Dialog open title={t('composer.motion.title')} onOpenChange={(open) => !open && closeBrush()}>
      <p role="alert">{said}</p>
    </Dialog>
  )
}

const isTool = (name: string): name is Tool => ['brush', 'eraser', 'path'].includes(name)

function Editor({ brush, frame, opened }: { brush: Brush; frame: AssetInfo; opened: Opened }) {
  const { t } = useTranslation()
  const setParam = useComposer((state) => state.setParam)
  const short = Math.min(frame.width, frame.height)
  const [history, setHistory] = useState<History>(opened.history)
  const [chosen, setChosen] = useState(0)
  const [wanted, setTool] = useState<Tool>('brush')
  const [share, setShare] = useState(8)
  const [painted, setPainted] = useState<boolean[]>([])
  const [busy, setBusy] = useState(false)
  const [said, setSaid] = useState<string | null>(null)
  const layers = useMemo(() => new Layers(frame, opened.masks), [frame, opened])
  // What stays still has no path.
  const tool = chosen === still && wanted === 'path' ? 'brush' : wanted
  const size = Math.max(2, Math.round((short * share) / 100))
  const { now } = history

  const states = now.map((area, place) => stateOf(place, area.path, painted[place] ?? false))
  const unfinished = states.findIndex((state) => state === 'noPath' || state === 'noPaint')
  const reason =
    unfinished >= 0
      ? t(`composer.motion.reason.${states[unfinished] === 'noPath' ? 'noPath' : 'noPaint'}`, {
          area: areaName(t, unfinished),
        })
      : states.every((state) => state === 'blank')
        ? t('composer.motion.reason.blank')
        : null

  const leave = async () => {
    if (history.past.length > 0) {
      const { ok } = await confirm({
        title: t('composer.motion.leave.title'),
        body: t('composer.motion.leave.body'),
        action: t('composer.motion.leave.action'),
        stay: t('composer.motion.leave.stay'),
        danger: true,
      })
      if (!ok) return
    }
    closeBrush()
  }
  const apply = async () => {
    setBusy(true)
    setSaid(null)
    try {
      const value = await savePainted(now, painted, opened.masks, frame)
      setParam(brush.model, brush.name, { ...value })
      closeBrush()
    } catch (error) {
      const { title, issues } = problemOf(error)
      setSaid(issues[0]?.text ?? title)
      setBusy(false)
    }
  }
  const keys = (event: KeyboardEvent) => {
    if (event.target instanceof HTMLInputElement && event.key.startsWith('Arrow')) return
    const command = event.ctrlKey || event.metaKey
    const key = event.key.toLowerCase()
    if (command && key === 'z') setHistory(event.shiftKey ? drawings.redo : drawings.undo)
    else if (command && key === 'y') setHistory(drawings.redo)
    else if (command || event.altKey) return
    else if (key === 'b' || key === 'e' || key === 'p') {
      setTool(key === 'b' ? 'brush' : key === 'e' ? 'eraser' : 'path')
    } else if (key === '[' || key === ']') {
      setShare((value) => Math.min(40, Math.max(1, value + (key === '[' ? -1 : 1))))
    } else if (/^[0-6]$/.test(key)) setChosen(key === '0' ? still : Number(key) - 1)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <Dialog
      open
      width={980}
      title={t('composer.motion.title')}
      description={t('composer.motion.description', { count: moving })}
      onOpenChange={(open) => {
        if (!open) void leave()
      }}
      footer={
        <>
          <p className={styles.reason} role="status">
            {said ?? reason}
          </p>
          <Button onClick={() => void leave()}>{t('ui.cancel')}</Button>
          <Button variant="primary" disabled={busy || reason !== null} onClick={() => void apply()}>
            {t('composer.motion.apply')}
          </Button>
        </>
      }
    >
      <div className={styles.editor} onKeyDown={keys}>
        <div className={styles.view}>
          <Stage
            frame={frame}
            drawing={now}
            layers={layers}
            chosen={chosen}
            tool={tool}
            size={size}
            onStroke={(stroke) => setHistory((before) => drawings.paint(before, chosen, stroke))}
            onPath={(path) => setHistory((before) => drawings.drawPath(before, chosen, path))}
            onPainted={setPainted}
          />
        </div>
        <div className={styles.side}>
          <Segmented
            label={t('composer.motion.tool')}
            value={tool}
            options={(['brush', 'eraser', 'path'] as const)
              .filter((name) => name !== 'path' || chosen !== still)
              .map((name) => ({ value: name, label: t(`composer.motion.tools.${name}`) }))}
            onChange={(name) => isTool(name) && setTool(name)}
          />
          {tool === 'path' ? (
            <p className={styles.hint}>{t('composer.motion.pathHint')}</p>
          ) : (
            <Slider
              label={t('composer.motion.size')}
              value={share}
              min={1}
              max={40}
              step={1}
              format={() => `${size} px`}
              onChange={setShare}
            />
          )}
          <Areas drawing={now} painted={painted} chosen={chosen} onChoose={setChosen} />
          <div className={styles.steps}>
            <IconButton
              label={t('composer.motion.undo')}
              icon={<IconArrowBackUp size={17} />}
              disabled={history.past.length === 0}
              onClick={() => setHistory(drawings.undo)}
            />
            <IconButton
              label={t('composer.motion.redo')}
              icon={<IconArrowForwardUp size={17} />}
              disabled={history.future.length === 0}
              onClick={() => setHistory(drawings.redo)}
            />
            <Button
              size="s"
              variant="quiet"
              icon={<IconEraser size={15} />}
              disabled={drawings.isBlank(now[chosen])}
              onClick={() => setHistory((before) => drawings.clearArea(before, chosen))}
            >
              {t('composer.motion.clear')}
            </Button>
          </div>
          <p id="motion-keys" className={styles.hint}>
            {t('composer.motion.keys')}
          </p>
        </div>
      </div>
    </Dialog>
  )
}
