import { promptsIn } from '@shared/assistant'
import type { Exchange } from '@shared/contract'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { openBatchOf } from '../batch'
import { useAssistant } from '../state/assistant'
import { rowsFrom } from '../state/assistant/shots'
import { settle, useTalk } from '../state/assistant/talk'
import { useComposer } from '../state/composer'
import { useSpelling } from '../state/spelling'
import { Button } from '../ui'
import { replacePrompt } from './accept'
import styles from './Answer.module.css'
import { Diff } from './Diff'

/** An answer by what it is: one prompt, several, talk, or shots. */
export function Answer({ exchange, last }: { exchange: Exchange; last: boolean }) {
  const { action, answer } = exchange
  const prompts = promptsIn(action, answer)
  switch (action) {
    case 'improve':
    case 'expand':
    case 'shorten':
    case 'translate':
    case 'describe':
    case 'fit':
      return <Result id={exchange.id} before={exchange.prompt} text={prompts[0] ?? answer} last={last} />
    case 'variations':
      return <Variations id={exchange.id} prompts={prompts} />
    case 'chat':
    case 'critique':
      return <Talk id={exchange.id} before={exchange.prompt} answer={answer} />
    case 'shots':
      return <ShotsFound exchange={exchange} />
  }
}

interface ResultProps {
  id: string
  /** The prompt as it was sent. */
  before: string
  text: string
  last: boolean
}

/** A prompt that was written: seen against the old one, then accepted, edited or refused. */
function Result({ id, before, text, last }: ResultProps) {
  const { t } = useTranslation()
  const fate = useTalk((state) => state.fates[id] ?? null)
  const [edited, setEdited] = useState<string | null>(null)
  const [compared, setCompared] = useState(true)
  const there = useComposer((state) => state.prompt === text)
  const accept = (prompt: string) => {
    replacePrompt(prompt)
    settle(id, 'accepted')
    setEdited(null)
  }
  if (edited !== null)
    return (
      <Editing
        text={edited}
        onChange={setEdited}
        onAccept={() => accept(edited)}
        onLeave={() => setEdited(null)}
      />
    )
  if (fate === 'refused') {
    return (
      <p className={styles.fate}>
        {t('assistant.fate.refused')}
        <Button size="s" variant="quiet" onClick={() => settle(id, null)}>
          {t('assistant.show')}
        </Button>
      </p>
    )
  }
  const different = last && fate === null && compared && before !== ''
  return (
    <>
      {different ? (
        <Diff before={before} after={text} />
      ) : (
        <p className={styles.text} dir="auto">
          {text}
        </p>
      )}
      <div className={styles.ways}>
        {fate === 'accepted' ? <span className={styles.fate}>{t('assistant.fate.accepted')}</span> : null}
        {fate === 'accepted' && there ? null : (
          <Button size="s" variant={last && fate === null ? 'primary' : 'plain'} onClick={() => accept(text)}>
            {t('assistant.accept')}
          </Button>
        )}
        <Button size="s" onClick={() => setEdited(text)}>
          {t('assistant.edit')}
        </Button>
        {fate === null && last ? (
          <Button size="s" onClick={() => settle(id, 'refused')}>
            {t('assistant.refuse')}
          </Button>
        ) : null}
        {last && fate === null && before !== '' ? (
          <Button size="s" variant="quiet" onClick={() => setCompared(!compared)}>
            {t(compared ? 'assistant.resultOnly' : 'assistant.compare')}
          </Button>
        ) : null}
      </div>
    </>
  )
}

interface EditingProps {
  text: string
  onChange: (text: string) => void
  onAccept: () => void
  onLeave: () => void
}

/** A result that is changed by hand before it is accepted. */
function Editing({ text, onChange, onAccept, onLeave }: EditingProps) {
  const { t } = useTranslation()
  const spelling = useSpelling()
  return (
    <>
      <textarea
        className={styles.editing}
        aria-label={t('assistant.editing')}
        value={text}
        dir="auto"
        spellCheck={spelling}
        autoFocus
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            event.preventDefault()
            onLeave()
          }
        }}
      />
      <div className={styles.ways}>
        <Button size="s" variant="primary" disabled={text.trim() === ''} onClick={onAccept}>
          {t('assistant.accept')}
        </Button>
        <Button size="s" onClick={onLeave}>
          {t('ui.cancel')}
        </Button>
      </div>
    </>
  )
}

/** Several prompts: one of them for the composer, or all of them as a batch. */
function Variations({ id, prompts }: { id: string; prompts: readonly string[] }) {
  const { t } = useTranslation()
  const numbered = prompts.map((prompt, place) => ({ prompt, number: place + 1 }))
  return (
    <>
      <ol className={styles.variations}>
        {numbered.map(({ prompt, number }) => {
          return (
            <li key={number}>
              <p className={styles.text} dir="auto">
                {prompt}
              </p>
              <Button
                size="s"
                aria-label={t('assistant.acceptNumber', { number })}
                onClick={() => {
                  replacePrompt(prompt)
                  settle(id, 'accepted')
                }}
              >
                {t('assistant.accept')}
              </Button>
            </li>
          )
        })}
      </ol>
      {prompts.length > 1 ? (
        <div className={styles.ways}>
          <Button
            size="s"
            variant="primary"
            onClick={() => void openBatchOf(prompts, t('assistant.action.variations'))}
          >
            {t('assistant.makeBatch', { count: prompts.length })}
          </Button>
        </div>
      ) : null}
    </>
  )
}

/** Talk with the wordings in it that can be taken over. */
function Talk({ id, before, answer }: { id: string; before: string; answer: string }) {
  const pieces = answer
    .split(/^(```prompt[^\S\n]*\n[\s\S]*?(?:^```[^\S\n]*$|(?![\s\S])))/m)
    .map((text, place) => ({ text: text.trim(), key: String(place), prompt: promptsIn('chat', text)[0] }))
    .filter(({ text }) => text !== '')
  return pieces.map(({ text, key, prompt }) =>
    prompt === undefined ? (
      <p key={key} className={styles.text} dir="auto">
        {text}
      </p>
    ) : (
      <div key={key} className={styles.proposal}>
        <Result id={`${id} ${key}`} before={before} text={prompt} last />
      </div>
    ),
  )
}

/** A list of shots that was made of a brief. */
function ShotsFound({ exchange }: { exchange: Exchange }) {
  const { t } = useTranslation()
  const { shots } = exchange
  if (!shots) return null
  const take = () =>
    useAssistant.setState({
      tab: 'shots',
      shots: rowsFrom(shots),
    })
  return (
    <div className={styles.ways}>
      <span className={styles.fate}>{t('assistant.shots.found', { count: shots.length })}</span>
      <Button size="s" onClick={take}>
        {t('assistant.shots.take')}
      </Button>
    </div>
  )
}
