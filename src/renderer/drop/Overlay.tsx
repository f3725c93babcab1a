import {
  IconFileText,
  IconFrame,
  IconLayoutGrid,
  IconListDetails,
  IconPhotoOff,
  IconPhotoScan,
  IconPlayerSkipBack,
  IconPlayerSkipForward,
  IconMask,
} from '@tabler/icons-react'
import type { InputRole } from '@shared/contract'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { openBatchFrom, openBatchWith, useBatch } from '../batch'
import { openBrief, useAccount } from '../state/assistant'
import { slotsOf, useChosen } from '../state/composer'
import { useSettings } from '../state/settings'
import { useView } from '../state/view'
import { draggedOf, jobType, type Dragged } from './dragged'
import { useFit } from './fit'
import styles from './Overlay.module.css'
import { refuse, takeLastFrame, takeOne } from './take'
import { targetsOf, type Target } from './targets'
import { useDrag } from './useDrag'

const idOf = (target: Target) => (target.kind === 'role' ? target.role : target.kind)

const icons: Record<InputRole | Exclude<Target['kind'], 'role'>, ReactNode> = {
  first: <IconPlayerSkipBack size={26} stroke={1.5} />,
  last: <IconPlayerSkipForward size={26} stroke={1.5} />,
  reference: <IconPhotoScan size={26} stroke={1.5} />,
  mask: <IconMask size={26} stroke={1.5} />,
  both: <IconFrame size={26} stroke={1.5} />,
  each: <IconLayoutGrid size={26} stroke={1.5} />,
  prompts: <IconListDetails size={26} stroke={1.5} />,
  brief: <IconFileText size={26} stroke={1.5} />,
}

async function take(target: Target, transfer: { files: File[]; jobId: string }): Promise<void> {
  const { files, jobId } = transfer
  const [first, second] = files
  switch (target.kind) {
    case 'each':
      openBatchWith({ files })
      return
    case 'prompts':
      if (first) await openBatchFrom(first)
      return
    case 'brief':
      useView.getState().setView('gallery')
      if (first) openBrief(first)
      return
    case 'both':
      if (first) await takeOne('first', first)
      if (second) await takeOne('last', second)
      return
    case 'role':
      if (jobId !== '') await takeLastFrame(target.role, jobId)
      else for (const file of files) await takeOne(target.role, file)
  }
}

/** Large places to drop on while something is dragged over the window. */
export function Overlay() {
  const { t } = useTranslation()
  const slots = slotsOf(useChosen(), [])
  const fitting = useFit((state) => state.input !== null)
  const batching = useBatch((state) => state.open)
  const busy = fitting || batching
  const on = useSettings((state) => state.settings.assistant)
  const reader = useAccount() !== null && on
  const dragged = useDrag((transfer, on) => {
    const dropped = draggedOf(transfer)
    const files = [...transfer.files]
    if (dropped?.kind === 'others' || (dropped?.kind === 'brief' && !reader)) return refuse('drop.notImages')
    if (dropped?.kind === 'address') return refuse('drop.address')
    if (!dropped || (dropped.kind !== 'job' && files.length === 0)) return
    // Some systems name no type before the drop; by then there is the file's name.
    const [only] = files
    if (reader && only && files.length === 1 && /\.(?:md|markdown|pdf)$/i.test(only.name)) {
      void take({ kind: 'brief' }, { files, jobId: '' })
      return undefined
    }
    const targets = targetsOf(dropped, slots, reader)
    const hit = on?.closest('[data-target]')?.getAttribute('data-target')
    const target = targets.find((own) => idOf(own) === hit) ?? targets[0]
    if (target) void take(target, { files, jobId: transfer.getData(jobType) })
    return undefined
  }, busy)
  if (!dragged) return null
  const targets = targetsOf(dragged, slots, reader)

  return (
    <div className={styles.overlay} role="status" aria-label={t('drop.label')}>
      {targets.length === 0 ? (
        <Nothing dragged={dragged} />
      ) : (
        targets.map((target) => <TargetTile key={idOf(target)} target={target} dragged={dragged} />)
      )}
    </div>
  )
}

function TargetTile({ target, dragged }: { target: Target; dragged: Dragged }) {
  const { t } = useTranslation()
  const id = idOf(target)
  const fromVideo = dragged.kind === 'job'
  const count = dragged.kind === 'images' ? dragged.count : 1
  return (
    <div className={styles.target} data-target={id}>
      {icons[id]}
      <p className={styles.title}>{t(`drop.target.${id}`, { count })}</p>
      <p className={styles.body}>{fromVideo ? t('drop.fromVideo') : t(`drop.body.${id}`)}</p>
    </div>
  )
}

function Nothing({ dragged }: { dragged: Dragged }) {
  const { t } = useTranslation()
  const text =
    dragged.kind === 'others' || dragged.kind === 'brief'
      ? t('drop.notImages')
      : dragged.kind === 'address'
        ? t('drop.address')
        : t('composer.refused.noInput')
  return (
    <div className={styles.nothing}>
      <IconPhotoOff size={26} stroke={1.5} />
      <p className={styles.title}>{text}</p>
    </div>
  )
}
