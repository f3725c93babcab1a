import type { JobRow } from '@shared/contract'
import { IconDots, IconStar, IconStarFilled } from '@tabler/icons-react'
import i18next from 'i18next'
import styles from './Card.module.css'

/** What can be pressed on the card the pointer is on; the grid hears the presses. By keyboard: F, and the menu key. */
export function Buttons({ row }: { row: JobRow }) {
  const menu = i18next.t('actions.menu')
  const star = row.favourite ? i18next.t('card.unfavourite') : i18next.t('card.favourite')
  return (
    <div className={styles.buttons}>
      <button
        type="button"
        className={styles.button}
        data-act="menu"
        tabIndex={-1}
        aria-label={menu}
        title={menu}
      >
        <IconDots size={16} />
      </button>
      <button
        type="button"
        className={`${styles.button} ${styles.star}`}
        data-act="star"
        tabIndex={-1}
        aria-label={star}
        aria-pressed={row.favourite}
        title={star}
      >
        {row.favourite ? <IconStarFilled size={15} /> : <IconStar size={15} />}
      </button>
    </div>
  )
}
