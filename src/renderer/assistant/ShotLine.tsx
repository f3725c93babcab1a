import { IconGripVertical, IconX } from '@tabler/icons-react'
import { useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useAssistant, type ShotRow } from '../state/assistant'
import { useSpelling } from '../state/spelling'
import { IconButton } from '../ui'
import { changed, emptyRow, inserted, moved, readRatio, type RowPlace, type ShotFault } from './shotTable'
import styles from './Shots.module.css'

const keys: Partial<Record<string, RowPlace>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'top',
  End: 'bottom',
}

interface ShotLineProps {
  shot: ShotRow
  /** From 0. */
  place: number
  count: number
  wrong: readonly ShotFault[]
  /** Tells the place it was moved to, from 0. */
  onMoved: (at: number) => void
}

const shots = () => useAssistant.getState().shots

/** One shot to be worked on; its handle moves it by the arrow keys. */
export function ShotLine({ shot, place, count, wrong, onMoved }: ShotLineProps) {
  const { t } = useTranslation()
  const spelling = useSpelling()
  const { key, prompt, seconds, ratio, notes } = shot
  const number = place + 1
  const isWrong = (field: ShotFault['field']) => wrong.some((fault) => fault.field === field)
  const set = (patch: Partial<Omit<ShotRow, 'key'>>) =>
    useAssistant.setState({ shots: changed(shots(), key, patch) })
  const onHandle = (event: KeyboardEvent<HTMLElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const to = keys[event.key]
    if (to !== undefined) {
      event.preventDefault()
      const { rows, at } = moved(shots(), key, to)
      useAssistant.setState({ shots: rows })
      onMoved(at)
    } else if (event.key === 'Delete') {
      event.preventDefault()
      event.stopPropagation()
      remove()
    } else if (event.key === 'Insert') {
      event.preventDefault()
      useAssistant.setState({ shots: inserted(shots(), emptyRow(crypto.randomUUID()), key) })
    }
  }
  const remove = () => useAssistant.setState({ shots: shots().filter((own) => own.key !== key) })
  return (
    <li className={styles.row}>
      <button
        type="button"
        className={styles.handle}
        aria-label={t('assistant.shots.handle', { number, count })}
        aria-keyshortcuts="ArrowUp ArrowDown Home End Delete Insert"
        title={t('assistant.shots.handleHint')}
        onKeyDown={onHandle}
      >
        <IconGripVertical size={15} stroke={1.6} />
        {number}
      </button>
      <textarea
        className={styles.prompt}
        aria-label={t('assistant.shots.prompt', { number })}
        aria-invalid={isWrong('prompt')}
        rows={2}
        dir={prompt === '' ? undefined : 'auto'}
        spellCheck={spelling}
        value={prompt}
        onChange={(event) => set({ prompt: event.currentTarget.value })}
      />
      <Typed
        label={t('assistant.shots.seconds', { number })}
        refused={isWrong('seconds')}
        placeholder={t('assistant.shots.secondsShort')}
        value={seconds === null ? '' : String(seconds)}
        read={(typed) => {
          const value = Number(typed.trim().replace(',', '.'))
          if (typed.trim() === '') set({ seconds: null })
          else if (Number.isFinite(value) && value > 0 && value <= 600) set({ seconds: value })
          else return false
          return true
        }}
      />
      <Typed
        label={t('assistant.shots.ratio', { number })}
        refused={isWrong('ratio')}
        placeholder="16:9"
        value={ratio ?? ''}
        read={(typed) => {
          const value = readRatio(typed)
          if (value !== undefined) set({ ratio: value })
          return value !== undefined
        }}
      />
      <textarea
        className={styles.notes}
        aria-label={t('assistant.shots.notes', { number })}
        placeholder={t('assistant.shots.notesShort')}
        rows={2}
        dir={notes === '' ? undefined : 'auto'}
        value={notes}
        onChange={(event) => set({ notes: event.currentTarget.value })}
      />
      <IconButton
        size="s"
        label={t('assistant.shots.remove', { number })}
        icon={<IconX size={14} />}
        onClick={remove}
      />
      {wrong.length === 0 ? null : (
        <ul className={styles.faults}>
          {wrong.map(({ text }) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
    </li>
  )
}

interface TypedProps {
  label: string
  /** It can be read, and a chosen model does not take it. */
  refused: boolean
  placeholder: string
  value: string
  /** Takes what was typed; false where it is none of what belongs here. */
  read: (typed: string) => boolean
}

/** A short field that keeps what cannot be read in sight until it is mended or left as it was. */
function Typed({ label, refused, placeholder, value, read }: TypedProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const [wrong, setWrong] = useState(false)
  return (
    <input
      type="text"
      className={styles.short}
      aria-label={label}
      aria-invalid={wrong || refused}
      placeholder={placeholder}
      autoComplete="off"
      value={typed ?? value}
      onChange={(event) => {
        setTyped(event.currentTarget.value)
        setWrong(!read(event.currentTarget.value))
      }}
      onBlur={() => {
        if (!wrong) setTyped(null)
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || typed === null) return
        event.preventDefault()
        setTyped(null)
        setWrong(false)
      }}
    />
  )
}
