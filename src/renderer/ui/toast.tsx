import { Toast as Base } from '@base-ui/react/toast'
import { IconAlertCircle, IconCircleCheck, IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './Button'
import { IconButton } from './IconButton'
import styles from './toast.module.css'

export interface ToastOptions {
  title: string
  body?: string
  tone?: 'plain' | 'error' | 'done'
  action?: { label: string; run: () => void }
  /** Milliseconds until it goes by itself; 0 keeps it. Waits while pointed at or focused. */
  timeout?: number
  /** A toast with the id of one on screen takes its place. */
  id?: string
}

interface ToastData {
  action?: { label: string; run: () => void }
}

const manager = Base.createToastManager<ToastData>()

/** Says something that happened, at the edge of the page; gives back its id. */
export function toast({ title, body, tone = 'plain', action, timeout, id }: ToastOptions): string {
  return manager.add({
    title,
    type: tone,
    priority: tone === 'error' ? 'high' : 'low',
    timeout: timeout ?? (action !== undefined ? 10_000 : tone === 'error' ? 9000 : 5000),
    ...(body === undefined ? {} : { description: body }),
    ...(id === undefined ? {} : { id }),
    data: action === undefined ? {} : { action },
  })
}

/** Takes a toast away before its time. */
export function dismissToast(id: string): void {
  manager.close(id)
}

function Toasts() {
  const { t } = useTranslation()
  const { toasts, close } = Base.useToastManager<ToastData>()
  return toasts.map((item) => (
    <Base.Root key={item.id} toast={item} className={styles.toast} swipeDirection={['down', 'left']}>
      <Base.Content className={styles.content}>
        {item.type === 'error' ? <IconAlertCircle size={18} className={styles.failed} /> : null}
        {item.type === 'done' ? <IconCircleCheck size={18} className={styles.done} /> : null}
        <div className={styles.words}>
          <Base.Title className={styles.title} render={<p />} />
          <Base.Description className={styles.body} />
        </div>
        {item.data?.action === undefined ? null : (
          <Button
            size="s"
            onClick={() => {
              item.data?.action?.run()
              close(item.id)
            }}
          >
            {item.data.action.label}
          </Button>
        )}
        <Base.Close render={<IconButton label={t('ui.dismiss')} icon={<IconX size={15} />} size="s" />} />
      </Base.Content>
    </Base.Root>
  ))
}

/** Draws what {@link toast} says; mounted once around the page. */
export function ToastHost({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  return (
    <Base.Provider toastManager={manager} limit={4}>
      {children}
      <Base.Portal>
        <Base.Viewport className={styles.viewport} aria-label={t('ui.toasts')}>
          <Toasts />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  )
}
