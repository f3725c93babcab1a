import { useTranslation } from 'react-i18next'
import { Button } from '../ui'
import { changedSecrets, draftTest, useEditor, type Draft } from './draft'
import styles from './Editor.module.css'
import { settingsToSend } from './fields'
import { useTests } from './testing'
import { TestSteps } from './TestSteps'

/** Tries what stands in the form, saved or not. Costs nothing. */
export function DraftTest({ draft }: { draft: Draft }) {
  const { t } = useTranslation()
  const run = useTests((state) => state.runs[draftTest])
  const test = async () => {
    const { start, clear } = useTests.getState()
    // What was wrong last time is asked anew.
    useEditor.setState({ problem: null })
    await start(draftTest, {
      provider: draft.provider.id,
      settings: settingsToSend(draft.provider.connection, draft.settings),
      secrets: changedSecrets(draft),
      ...(draft.id === null ? {} : { id: draft.id }),
    })
    const problem = useTests.getState().runs[draftTest]?.problem
    if (!problem || problem.issues.length === 0) return
    // Nothing was tried: what is wrong belongs beside its fields, as after a save.
    clear(draftTest)
    useEditor.setState({ problem })
  }
  return (
    <div className={styles.testing}>
      {run ? <TestSteps run={run} of={{ provider: draft.provider, settings: draft.settings }} /> : null}
      {run?.state === 'running' ? null : (
        <div>
          <Button onClick={() => void test()}>
            {t(run ? 'connections.test.again' : 'connections.test.open')}
          </Button>
        </div>
      )}
    </div>
  )
}
