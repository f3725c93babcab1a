import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { sentences } from '../messages'
import { Button, Ring } from '../ui'
import { PolicyDialog, type PolicyOf } from './Policy'
import { StepSign } from './Sign'
import styles from './TestSteps.module.css'
import { resultOf, type Run } from './testing'
import { stepTexts } from './words'

interface TestStepsProps {
  run: Run
  /** What was tried; null where this version does not know its provider. */
  of: PolicyOf | null
}

/** The steps of a test as they come in, and what it came to. */
export function TestSteps({ run, of }: TestStepsProps) {
  const { t } = useTranslation()
  const [policy, setPolicy] = useState(false)
  const result = resultOf(run)
  return (
    <div className={styles.test}>
      <ol className={styles.steps} aria-label={t('connections.test.steps')}>
        {run.steps.map((step) => {
          const { said, why, remedy } = stepTexts(step)
          return (
            <li key={step.id} className={styles.step} data-state={step.state}>
              <StepSign state={step.state} />
              <div className={`${styles.words} selectable`}>
                <p title={why} className={styles.found}>
                  <span>{said}</span>{' '}
                  <span className={styles.state}>{t(`connections.test.state.${step.state}`)}</span>
                </p>
                {remedy === null ? null : <p className={styles.remedy}>{remedy}</p>}
                {of?.provider.connection.policy && step.remedy?.needs === 'policy' ? (
                  <Button size="s" className={styles.way ?? ''} onClick={() => setPolicy(true)}>
                    {t('connections.policy.show')}
                  </Button>
                ) : null}
                {step.raw === null ? null : (
                  <details className={styles.raw}>
                    <summary>{t('connections.test.raw')}</summary>
                    <pre>{step.raw}</pre>
                  </details>
                )}
              </div>
            </li>
          )
        })}
      </ol>
      <div className={styles.result} role="status">
        {result === 'running' ? (
          <>
            <Ring size={17} value={null} />
            <span>{t('connections.test.running')}</span>
          </>
        ) : run.problem === null ? (
          <span data-result={result}>{t(`connections.test.result.${result}`)}</span>
        ) : (
          <span data-result="failed">{sentences(run.problem.title, run.problem.hint)}</span>
        )}
        {result === 'running' ? (
          <Button size="s" onClick={run.stop}>
            {t('connections.test.stop')}
          </Button>
        ) : null}
      </div>
      {of && policy ? <PolicyDialog {...of} onClose={() => setPolicy(false)} /> : null}
    </div>
  )
}
