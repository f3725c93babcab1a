import type { Exchange } from '@shared/contract'
import { IconInfoCircle } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { timeOfDay } from '../format'
import { useAssistant } from '../state/assistant'
import { Button, IconButton } from '../ui'
import { Answer } from './Answer'
import styles from './Answer.module.css'
import { Details } from './Details'
import { actionName, errorText } from './words'

interface TurnProps {
  exchange: Exchange
  /** The last one: its result is what is decided about. */
  last: boolean
  /** Asks for the rest of an answer that ended early. Null where nothing can be asked now. */
  onGoOn: ((exchange: Exchange) => void) | null
}

/** Something asked, what came of it, and what can be done with it. */
export function Turn({ exchange, last, onGoOn }: TurnProps) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const { id, action, words, at, answer } = exchange
  return (
    <li className={styles.turn} aria-label={t('assistant.turn', { action: actionName(action) })}>
      <div className={styles.asked}>
        <strong>{actionName(action)}</strong>
        {words === '' || action === 'shots' ? null : (
          <span className={styles.said} dir="auto">
            {words}
          </span>
        )}
        <span className={styles.time}>{timeOfDay(at)}</span>
        <IconButton
          size="s"
          label={t(open ? 'assistant.details.hide' : 'assistant.details.show')}
          aria-expanded={open}
          icon={<IconInfoCircle size={15} />}
          onClick={() => setOpen(!open)}
        />
      </div>
      {open ? <Details exchange={exchange} /> : null}
      {answer === '' ? null : <Answer key={`${id} ${answer.length}`} exchange={exchange} last={last} />}
      <Ending exchange={exchange} onGoOn={onGoOn} />
    </li>
  )
}

/** What is said of an ending that has no error. */
function endingOf({ state, answer }: Exchange): 'full' | 'stopped' | 'stoppedEarly' | 'ended' {
  if (state === 'done') return 'full'
  if (state !== 'stopped') return 'ended'
  return answer === '' ? 'stoppedEarly' : 'stopped'
}

/** How an answer ended that did not end well, and the ways out. */
function Ending({ exchange, onGoOn }: Pick<TurnProps, 'exchange' | 'onGoOn'>) {
  const { t } = useTranslation()
  const { state, error, answer, action, stopReason } = exchange
  const full = state === 'done' && stopReason === 'max_tokens'
  if ((state === 'done' && !full) || state === 'streaming') return null
  const said = error ? errorText(error) : null
  const open =
    answer.trim() !== '' && action !== 'shots' && (state === 'stopped' || state === 'broken' || full)
  const again = () => useAssistant.setState({ action: action === 'shots' ? 'improve' : action })
  return (
    <div className={styles.ending} data-tone={state === 'stopped' || full ? 'plain' : 'failed'}>
      <div role={state === 'stopped' ? undefined : 'alert'} className={styles.why}>
        <p>{said ? said.message : t(`assistant.state.${endingOf(exchange)}`)}</p>
        {said?.hint ? <p className={styles.hint}>{said.hint}</p> : null}
      </div>
      {open && onGoOn ? (
        <Button size="s" onClick={() => onGoOn(exchange)}>
          {t('assistant.goOn')}
        </Button>
      ) : null}
      {answer === '' && action !== 'shots' ? (
        <Button size="s" onClick={again}>
          {t('assistant.askAgain')}
        </Button>
      ) : null}
    </div>
  )
}
