import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../ui'
import { usePasted } from './pasted'
import styles from './PasteDialog.module.css'
import { TargetSign } from './signs'
import { takeAt } from './take'
import { idOf } from './targets'

/** Asks what pasted images are for, as dropping them on a place would say; drawn while {@link usePasted} holds some. */
export default function PasteDialog() {
  const { t } = useTranslation()
  const waiting = usePasted((state) => state.waiting)
  const close = () => usePasted.setState({ waiting: null })
  if (!waiting) return null
  const { files, targets } = waiting
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) close()
      }}
      title={t('drop.pasted.title', { count: files.length })}
      width={520}
    >
      <div className={styles.pasted}>
        {files[0] ? <Thumbnail key={files[0].name} file={files[0]} /> : null}
        <div className={styles.targets}>
          {targets.map((target, at) => (
            <button
              key={idOf(target)}
              type="button"
              className={styles.target}
              data-first={at === 0 ? '' : undefined}
              onClick={() => {
                close()
                void takeAt(target, { files, jobId: '' })
              }}
            >
              <TargetSign target={target} size={20} />
              <span className={styles.title}>
                {t(`drop.target.${idOf(target)}`, { count: files.length })}
              </span>
              <span className={styles.body}>{t(`drop.body.${idOf(target)}`)}</span>
            </button>
          ))}
        </div>
      </div>
    </Dialog>
  )
}

/** The first of what was pasted; what the page cannot show (HEIC) shows nothing. */
function Thumbnail({ file }: { file: File }) {
  const picture = useRef<HTMLImageElement>(null)
  const [shows, setShows] = useState(true)
  useEffect(() => {
    const address = URL.createObjectURL(file)
    if (picture.current) picture.current.src = address
    return () => URL.revokeObjectURL(address)
  }, [file])
  if (!shows) return null
  return <img ref={picture} className={styles.thumbnail} alt="" onError={() => setShows(false)} />
}
