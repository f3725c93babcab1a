import { IconPhotoOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useBatch } from '../batch'
import { slotsOf, useChosen } from '../state/composer'
import { draggedOf, jobType, type Dragged } from './dragged'
import { useFit } from './fit'
import styles from './Overlay.module.css'
import { TargetSign } from './signs'
import { refuse, takeAt, useReader } from './take'
import { idOf, targetsOf, type Target } from './targets'
import { useDrag } from './useDrag'

/** Large places to drop on while something is dragged over the window. */
export function Overlay() {
  const { t } = useTranslation()
  const slots = slotsOf(useChosen(), [])
  const fitting = useFit((state) => state.input !== null)
  const batching = useBatch((state) => state.open)
  const busy = fitting || batching
  const reader = useReader()
  const dragged = useDrag((transfer, on) => {
    const dropped = draggedOf(transfer)
    const files = [...transfer.files]
    if (dropped?.kind === 'others' || (dropped?.kind === 'brief' && !reader)) return refuse('drop.notImages')
    if (dropped?.kind === 'address') return refuse('drop.address')
    if (!dropped || (dropped.kind !== 'job' && files.length === 0)) return
    // Some systems name no type before the drop; by then there is the file's name.
    const [only] = files
    if (reader && only && files.length === 1 && /\.(?:md|markdown|pdf)$/i.test(only.name)) {
      void takeAt({ kind: 'brief' }, { files, jobId: '' })
      return undefined
    }
    const targets = targetsOf(dropped, slots, reader)
    const hit = on?.closest('[data-target]')?.getAttribute('data-target')
    const target = targets.find((own) => idOf(own) === hit) ?? targets[0]
    if (target) void takeAt(target, { files, jobId: transfer.getData(jobType) })
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
      <TargetSign target={target} size={26} />
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
