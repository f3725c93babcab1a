import { Dialog as Base } from '@base-ui/react/dialog'
import { IconX } from '@tabler/icons-react'
import { useRef, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './Dialog.module.css'
import { IconButton } from '../IconButton'
import { useWayBack } from './wayBack'

export interface DialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  description?: string
  /** Buttons, the one that goes on last. */
  footer?: ReactNode
  width?: number
  children?: ReactNode
}

/** A panel over the page that must be dealt with first. */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  footer,
  width = 480,
  children,
}: DialogProps) {
  const { t } = useTranslation()
  const popup = useRef<HTMLDivElement>(null)
  const back = useWayBack(open)
  // The first field or what is marked as first, else the panel itself: on the close button its tooltip would take the first Escape.
  const first = () =>
    popup.current?.querySelector<HTMLElement>('input, textarea, [data-first]') ?? popup.current
  return (
    <Base.Root open={open} onOpenChange={(now) => onOpenChange(now)}>
      <Base.Portal>
        <Base.Backdrop className={styles.backdrop} />
        <Base.Popup
          ref={popup}
          tabIndex={-1}
          className={styles.popup}
          style={{ width }}
          initialFocus={first}
          finalFocus={back}
          data-dialog=""
        >
          <header className={styles.header}>
            <Base.Title className={styles.title}>{title}</Base.Title>
            <Base.Close render={<IconButton label={t('ui.close')} icon={<IconX size={16} />} size="s" />} />
          </header>
          {description === undefined ? null : (
            <Base.Description className={styles.description}>{description}</Base.Description>
          )}
          <div className={styles.body}>{children}</div>
          {footer === undefined ? null : <footer className={styles.footer}>{footer}</footer>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
