import { IconSearch, IconX } from '@tabler/icons-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useCommand } from '../app/commands'
import { list, useJobs } from '../state/jobs'
import { Kbd } from '../ui'
import styles from './Toolbar.module.css'

/** Puts the keyboard on the card of the grid that the tab key reaches. */
function toGrid(): void {
  document.querySelector<HTMLElement>('[role=grid] [tabindex="0"]')?.focus()
}

/** The search field: finds as one types, "/" from anywhere, Escape clears and then leaves. */
export function Search() {
  const { t } = useTranslation()
  const text = useJobs((state) => state.filter.text)
  const field = useRef<HTMLInputElement>(null)
  useCommand({
    id: 'gallery.search',
    title: t('gallery.command.search'),
    group: 'gallery',
    shortcut: '/',
    run: () => field.current?.select(),
  })
  return (
    <div className={styles.search} role="search">
      <IconSearch className={styles.glass} size={16} stroke={1.8} />
      <input
        ref={field}
        type="text"
        enterKeyHint="search"
        spellCheck={false}
        autoComplete="off"
        className={styles.field}
        aria-label={t('gallery.search')}
        placeholder={t('gallery.search')}
        value={text}
        onChange={(event) => list.setFilter({ text: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return
          if (event.key === 'Escape' && text !== '') list.setFilter({ text: '' })
          else if (event.key === 'Escape' || event.key === 'ArrowDown' || event.key === 'Enter') toGrid()
          else return
          event.preventDefault()
        }}
      />
      {text === '' ? (
        <Kbd keys="/" />
      ) : (
        <button
          type="button"
          className={styles.clear}
          aria-label={t('gallery.clearSearch')}
          onClick={() => {
            list.setFilter({ text: '' })
            field.current?.focus()
          }}
        >
          <IconX size={14} />
        </button>
      )}
    </div>
  )
}
