import { IconKeyOff } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { problemText } from '../messages'
import { useConnections } from '../state/connections'
import styles from './Keychain.module.css'

/** The sentence of the state that the keychain is in, or was in at the last save; nothing where all is well. */
export function KeychainNotice({
  refused = null,
  children,
}: {
  refused?: string | null
  children?: ReactNode
}) {
  const keychain = useConnections((state) => state.keychain)
  const { t } = useTranslation()
  if (refused === null && keychain === 'ready') return null
  const said =
    refused !== null || keychain === 'ready'
      ? problemText(refused ?? 'keychain.failed')
      : { message: t(`connections.keychain.${keychain}`), hint: t(`connections.keychain.${keychain}Hint`) }
  return (
    <div className={styles.notice} role="status">
      <IconKeyOff size={18} stroke={1.7} />
      <div className={styles.words}>
        <p>{said?.message}</p>
        {said?.hint ? <p className={styles.hint}>{said.hint}</p> : null}
        {children ? <div className={styles.ways}>{children}</div> : null}
      </div>
    </div>
  )
}
