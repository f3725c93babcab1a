import { Component, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, EmptyState } from '../ui'
import styles from './App.module.css'

function Broken() {
  const { t } = useTranslation()
  return (
    <div className={styles.broken} role="alert">
      <EmptyState
        title={t('app.broken.title')}
        body={t('app.broken.body')}
        actions={
          <Button variant="primary" onClick={() => location.reload()}>
            {t('app.broken.action')}
          </Button>
        }
      />
    </div>
  )
}

interface BoundaryProps {
  /** Another value gives the content another chance. */
  about: string
  /** Leaves nothing in the place of what failed; for what lies over the page. */
  quiet?: boolean
  children: ReactNode
}

interface BoundaryState {
  about: string
  broken: boolean
}

/** Keeps a part of the page that fails, or does not arrive, from taking the rest along. */
export class Boundary extends Component<BoundaryProps, BoundaryState> {
  override state: BoundaryState = { about: this.props.about, broken: false }

  static getDerivedStateFromError(): Partial<BoundaryState> {
    return { broken: true }
  }

  static getDerivedStateFromProps(props: BoundaryProps, state: BoundaryState): BoundaryState | null {
    return props.about === state.about ? null : { about: props.about, broken: false }
  }

  override componentDidCatch(error: unknown): void {
    reportError(error)
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children
    return this.props.quiet ? null : <Broken />
  }
}
