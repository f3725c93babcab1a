import { IconKeyOff } from '@tabler/icons-react'
import type { ReactNode } from 'react'
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
  const key = refused ?? (keychain === 'ready' ? null : `keychain.${keychain}`)
  if (key === null) return null
  const said = problemText(key)
  return (
    <div className={styles.notice} role="status">
      <IconKeyOff size={18} stroke={1.7} />
      <div className={styles.words}>
        <p>{said?.message ?? key}</p>
        {said?.hint ? <p className={styles.hint}>{said.hint}</p> : null}
        {children ? <div className={styles.ways}>{children}</div> : null}
      </div>
    </div>
  )
}
