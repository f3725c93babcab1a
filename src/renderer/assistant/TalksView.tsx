import type { Conversation } from '@shared/contract'
import { IconDownload, IconPencil, IconTrash } from '@tabler/icons-react'
import { useDeferredValue, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, problemOf, subscribe, type Problem } from '../api'
import { ago, count, sum } from '../format'
import { useAssistant } from '../state/assistant'
import { goTo } from '../state/assistant/talk'
import { Button, IconButton, TextField } from '../ui'
import { exportTalk, removeTalk } from './talks'
import styles from './TalksView.module.css'

/** Milliseconds without a change of what is searched for. */
const calm = 120
/** Conversations that one look shows. */
const page = 50

/** Every conversation, to be found, opened, renamed, exported and deleted. */
export function TalksView() {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const q = useDeferredValue(typed.trim())
  const [found, setFound] = useState<{ talks: Conversation[]; cursor: string | null } | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [asked, setAsked] = useState(0)
  useEffect(() => {
    const controller = new AbortController()
    const timer = window.setTimeout(
      () => {
        api.assistant.conversations
          .list({ limit: page, ...(q === '' ? {} : { q }) }, { signal: controller.signal })
          .then(
            ({ conversations, nextCursor }) => {
              setFound({ talks: conversations, cursor: nextCursor })
              setProblem(null)
            },
            (error: unknown) => {
              if (!controller.signal.aborted) setProblem(problemOf(error))
            },
          )
        // After a change of a conversation there is nobody typing to wait for.
      },
      asked === 0 ? calm : 0,
    )
    return () => {
      window.clearTimeout(timer)
      controller.abort()
    }
  }, [q, asked])
  useEffect(
    () =>
      subscribe(({ type }) => {
        if (type === 'conversation' || type === 'reload') setAsked((before) => before + 1)
      }),
    [],
  )
  const more = async () => {
    if (found?.cursor == null) return
    try {
      const next = await api.assistant.conversations.list({
        limit: page,
        cursor: found.cursor,
        ...(q === '' ? {} : { q }),
      })
      setFound({ talks: [...found.talks, ...next.conversations], cursor: next.nextCursor })
    } catch (error) {
      setProblem(problemOf(error))
    }
  }
  const again = () => setAsked((before) => before + 1)
  return (
    <div className={styles.view}>
      <TextField
        data-first
        type="search"
        label={t('assistant.talks.search')}
        bare
        placeholder={t('assistant.talks.search')}
        value={typed}
        onChange={setTyped}
      />
      {problem ? (
        <p className={styles.wrong} role="alert">
          {problem.title}
          <Button size="s" onClick={again}>
            {t('assistant.readAgain')}
          </Button>
        </p>
      ) : null}
      {found?.talks.length === 0 ? (
        <p className={styles.none}>{t(q === '' ? 'assistant.talks.none' : 'assistant.talks.notFound')}</p>
      ) : null}
      <ul className={styles.list}>
        {found?.talks.map((talk) => (
          <Talk key={talk.id} talk={talk} onChanged={again} />
        ))}
      </ul>
      {found?.cursor == null ? null : (
        <Button onClick={() => void more()}>{t('assistant.talks.more')}</Button>
      )}
    </div>
  )
}

function Talk({ talk, onChanged }: { talk: Conversation; onChanged: () => void }) {
  const { t } = useTranslation()
  const { id, title, updatedAt, exchanges, cost } = talk
  const [typed, setTyped] = useState<string | null>(null)
  const [said, setSaid] = useState<string | undefined>()
  const here = useAssistant((state) => state.conversationId === id)
  const rename = async () => {
    if (typed === null) return
    if (typed.trim() === '' || typed.trim() === title) {
      setTyped(null)
      return
    }
    try {
      await api.assistant.conversations.rename({ id, title: typed.trim() })
      setTyped(null)
      onChanged()
    } catch (error) {
      setSaid(problemOf(error).title)
    }
  }
  if (typed !== null)
    return (
      <li className={styles.talk}>
        <TextField
          label={t('assistant.talks.rename', { title })}
          bare
          autoFocus
          className={styles.grow ?? ''}
          maxLength={200}
          value={typed}
          error={said}
          onChange={setTyped}
          onBlur={() => void rename()}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.nativeEvent.isComposing) void rename()
            if (event.key !== 'Escape') return
            event.preventDefault()
            setTyped(null)
          }}
        />
      </li>
    )
  const facts = [
    ago(updatedAt),
    t('assistant.talks.exchanges', { count: exchanges }),
    ...cost.map((one) => sum(one)),
  ]
  return (
    <li className={styles.talk}>
      <button
        type="button"
        className={styles.open}
        aria-current={here ? 'true' : undefined}
        onClick={() => goTo(id)}
      >
        <span className={styles.title} dir="auto">
          {title}
        </span>
        <span className={styles.facts}>{facts.join(' · ')}</span>
      </button>
      <IconButton
        size="s"
        label={t('assistant.talks.rename', { title })}
        icon={<IconPencil size={15} />}
        onClick={() => setTyped(title)}
      />
      <IconButton
        size="s"
        label={t('assistant.talks.export', { title })}
        icon={<IconDownload size={15} />}
        onClick={() => void exportTalk(id)}
      />
      <IconButton
        size="s"
        label={t('assistant.talks.remove.label', { title })}
        icon={<IconTrash size={15} />}
        onClick={() => void removeTalk(talk, count(exchanges)).then((gone) => gone && onChanged())}
      />
    </li>
  )
}
