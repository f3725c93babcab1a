import { Toast as Base } from '@base-ui/react/toast'
import { IconAlertCircle, IconCircleCheck, IconX } from '@tabler/icons-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../Button'
import { IconButton } from '../IconButton'
import { openShelf, type ToastOptions } from '../toast'
import styles from './toast.module.css'

type ToastData = Pick<ToastOptions, 'action'>

const manager = Base.createToastManager<ToastData>()

/** Longer for what asks for something: an undo, or a reason to read. */
function timeOf({ timeout, action, tone }: ToastOptions): number {
  return timeout ?? (action === undefined ? (tone === 'error' ? 9000 : 5000) : 10_000)
}

function add(id: string, options: ToastOptions): void {
  const { title, body, tone = 'plain', action } = options
  manager.add({
    id,
    title,
    type: tone,
    // A toast of high priority hides its own buttons from screen readers until it has the focus.
    priority: 'low',
    timeout: timeOf(options),
    ...(body === undefined ? {} : { description: body }),
    data: action === undefined ? {} : { action },
  })
}

function Shown() {
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

/** Draws what is said at the edge of the page. */
export function Toasts() {
  const { t } = useTranslation()
  useEffect(() => openShelf({ add, close: manager.close }), [])
  return (
    <Base.Provider toastManager={manager} limit={4}>
      <Base.Portal>
        <Base.Viewport className={styles.viewport} aria-label={t('ui.toasts')}>
          <Shown />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  )
}
