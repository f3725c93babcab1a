import type { Connection } from '@shared/contract'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { sentences } from '../messages'
import { useAssistant } from '../state/assistant'
import { readBrief, useShots } from '../state/assistant/shots'
import { Brief } from './Brief'
import { MakingShots } from './MakingShots'
import { ShotTable } from './ShotTable'
import styles from './Shots.module.css'
import { errorText } from './words'

/** From a brief to a table of shots, and from there to one batch of videos. */
export function ShotsView({ account }: { account: Connection }) {
  const { t } = useTranslation()
  const file = useAssistant((state) => state.briefFile)
  const { making, ended } = useShots()
  useEffect(() => {
    if (file === null) return
    useAssistant.setState({ briefFile: null })
    void readBrief({ file })
  }, [file])
  const said = ended?.error ? errorText(ended.error) : null
  return (
    <div className={styles.view}>
      <Brief account={account} />
      {making ? <MakingShots making={making} /> : null}
      {ended === null ? null : (
        <p className={ended.state === 'stopped' ? styles.note : styles.wrong} role="alert">
          {said
            ? sentences(said.message, said.hint)
            : t(ended.state === 'stopped' ? 'assistant.shots.stopped' : 'assistant.shots.broken')}
        </p>
      )}
      {making ? null : <ShotTable />}
    </div>
  )
}
