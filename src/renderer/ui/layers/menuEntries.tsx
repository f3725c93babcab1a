import type { ContextMenu as BaseContext } from '@base-ui/react/context-menu'
import type { Menu as Base } from '@base-ui/react/menu'
import { IconCheck } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Kbd } from '../Kbd'
import styles from './popup.module.css'

export type MenuEntry =
  | {
      kind: 'item'
      id: string
      label: string
      icon?: ReactNode
      kbd?: string
      danger?: boolean
      disabled?: boolean
      /** Set for an entry that is on or off; the menu stays open. */
      checked?: boolean
      onSelect: () => void
    }
  | { kind: 'separator' }
  | { kind: 'label'; label: string }

type Parts = typeof Base | typeof BaseContext

function Item({ entry, parts }: { entry: Extract<MenuEntry, { kind: 'item' }>; parts: Parts }) {
  const inside = (
    <>
      {entry.icon}
      <span className={styles.text}>{entry.label}</span>
      {entry.kbd === undefined ? null : <Kbd keys={entry.kbd} bare />}
    </>
  )
  const shared = {
    className: styles.item,
    disabled: entry.disabled ?? false,
    label: entry.label,
    ...(entry.danger ? { 'data-danger': '' } : {}),
  }
  return entry.checked === undefined ? (
    <parts.Item {...shared} onClick={entry.onSelect}>
      {inside}
    </parts.Item>
  ) : (
    <parts.CheckboxItem {...shared} checked={entry.checked} onCheckedChange={() => entry.onSelect()}>
      {inside}
      <span className={styles.mark}>
        <parts.CheckboxItemIndicator>
          <IconCheck size={15} />
        </parts.CheckboxItemIndicator>
      </span>
    </parts.CheckboxItem>
  )
}

/** Draws entries with the parts of a menu or of a context menu. */
export function MenuEntries({ entries, parts }: { entries: MenuEntry[]; parts: Parts }) {
  return entries.map((entry, place) => {
    const key = `${entry.kind}-${entry.kind === 'item' ? entry.id : place}`
    if (entry.kind === 'separator') return <parts.Separator key={key} className={styles.separator} />
    if (entry.kind === 'item') return <Item key={key} entry={entry} parts={parts} />
    return (
      <div key={key} className={styles.label}>
        {entry.label}
      </div>
    )
  })
}
