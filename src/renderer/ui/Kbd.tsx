import styles from './Kbd.module.css'
import { shortcutSigns } from './shortcut'

/** A shortcut such as `Mod+Enter`, drawn as this computer's keys; `bare` without the key's outline. */
export function Kbd({ keys, bare = false }: { keys: string; bare?: boolean }) {
  return (
    <kbd className={bare ? styles.bare : styles.keys} aria-hidden="true">
      {shortcutSigns(keys).join(' ')}
    </kbd>
  )
}
