import type { Connection, Exchange } from '@shared/contract'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useAssistant } from '../state/assistant'
import { ask, readTalk, useTalk } from '../state/assistant/talk'
import { Button } from '../ui'
import styles from './Answer.module.css'
import { withConsent } from './agreement'
import { Desk } from './Desk'
import desk from './Desk.module.css'
import { LiveAnswer } from './LiveAnswer'
import { Turn } from './Turn'
import { useEnd } from './useEnd'
import { useModel } from './useModel'
import { actionName } from './words'

/** The talk about the prompt: what was asked and answered above, what is wanted next below. */
export function WriteView({ account }: { account: Connection }) {
  const { t } = useTranslation()
  const conversationId = useAssistant((state) => state.conversationId)
  const { exchanges, writing, unread } = useTalk()
  const { model } = useModel(account.id)
  useEffect(() => void readTalk(conversationId), [conversationId])

  const scroller = useEnd(`${conversationId} ${exchanges.length + (writing === null ? 0 : 1)}`)

  // An answer that was gone on with is part of the one that goes on.
  const continued = new Set(exchanges.map(({ goesOnFrom }) => goesOnFrom))
  const shown = exchanges.filter(({ id }) => !continued.has(id) && id !== writing?.ask.goOnFrom)
  const goOn = (exchange: Exchange) => {
    if (!model) return
    const { id, action, prompt, words, targets, conversationId: talk } = exchange
    if (action === 'shots') return
    const wish = { action, prompt, words, targets, conversationId: talk, goOnFrom: id }
    const request = { ...wish, connectionId: account.id, model: model.id }
    withConsent({
      kind: 'ask',
      ask: request,
      run: () => void ask(request, undefined, exchange.answer),
    })
  }
  return (
    <div className={desk.view}>
      <div ref={scroller} className={desk.scroller} data-scroller="">
        {unread ? (
          <p className={desk.unread} role="alert">
            {unread.title}
            <Button size="s" onClick={() => void readTalk(conversationId)}>
              {t('assistant.readAgain')}
            </Button>
          </p>
        ) : null}
        {shown.length === 0 && !writing ? <p className={desk.empty}>{t('assistant.empty')}</p> : null}
        <ol className={desk.turns}>
          {shown.map((exchange, place) => (
            <Turn
              key={exchange.id}
              exchange={exchange}
              last={place === shown.length - 1 && !writing}
              onGoOn={writing || !model ? null : goOn}
            />
          ))}
          {writing ? (
            <li
              className={styles.turn}
              aria-label={t('assistant.turn', { action: actionName(writing.ask.action) })}
            >
              <div className={styles.asked}>
                <strong>{actionName(writing.ask.action)}</strong>
                <span className={styles.said} dir="auto">
                  {writing.ask.words}
                </span>
              </div>
              <LiveAnswer key={writing.exchange?.id ?? ''} writing={writing} />
            </li>
          ) : null}
        </ol>
      </div>
      <Desk account={account} />
    </div>
  )
}
