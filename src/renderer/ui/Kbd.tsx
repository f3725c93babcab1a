import styles from './Kbd.module.css'
import { shortcutSigns } from './shortcut'

export interface KbdProps {
  /** Such as `Mod+Enter`. */
  keys: string
  /** Without the key's outline. */
  bare?: boolean
  /** Read out too; elsewhere the element it belongs to carries `aria-keyshortcuts`. */
  spoken?: boolean
}

/** A shortcut drawn as this computer's keys. */
export function Kbd({ keys, bare = false, spoken = false }: KbdProps) {
  return (
    <kbd className={bare ? styles.bare : styles.keys} aria-hidden={spoken ? undefined : true}>
      {shortcutSigns(keys).join(' ')}
    </kbd>
  )
}
