import { IconArrowLeft } from '@tabler/icons-react'
import type { TFunction } from 'i18next'
import { useEffect, useRef, useState, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { useCommand } from '../app/commands'
import { providerName, sentences } from '../messages'
import { useConnections } from '../state/connections'
import { Button } from '../ui'
import { closeEditor, isChanged, save, useEditor, type Draft } from './draft'
import styles from './Editor.module.css'
import { lacksKeys, secretFields, standingOf } from './fields'
import { Form } from './Form'
import { Guide } from './Guide'
import { guides } from './guides'
import { useAskedAgain } from './useAskedAgain'
import { useLocal } from './useLocal'

function useLeaving(): void {
  useEffect(() => {
    const ask = (event: BeforeUnloadEvent) => {
      if (isChanged()) event.preventDefault()
    }
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [])
}

function useEditorCommands(): void {
  const { t } = useTranslation()
  useCommand({
    id: 'connections.save',
    title: t('connections.editor.save'),
    group: 'app',
    shortcut: 'Mod+S',
    run: () => void save(),
  })
  useCommand({
    id: 'connections.close',
    title: t('connections.editor.back'),
    group: 'app',
    shortcut: 'Escape',
    hidden: true,
    run: () => void closeEditor(),
  })
}

/** Brings the first field that was refused before the person. */
function useFirstFault(form: RefObject<HTMLFormElement | null>): void {
  const problem = useEditor((state) => state.problem)
  const shown = useRef(problem)
  useEffect(() => {
    // Sentences that go while their field is mended must not move the focus.
    const fresh =
      problem !== null && (shown.current === null || problem.issues.length > shown.current.issues.length)
    shown.current = problem
    if (!fresh) return
    const wrong = form.current?.querySelector<HTMLElement>('[aria-invalid=true], [data-offer]')
    wrong?.closest('details')?.setAttribute('open', '')
    wrong?.focus()
  }, [problem, form])
}

/** A connection that waits for its keys is opened at them. */
function useMissingKeys(form: RefObject<HTMLFormElement | null>, draft: Draft): void {
  const connections = useConnections((state) => state.connections)
  const [missing] = useState(() => {
    const own = connections.find(({ id }) => id === draft.id)
    return own !== undefined && lacksKeys(standingOf(own, draft.provider.connection))
  })
  useEffect(() => {
    if (missing) form.current?.querySelector<HTMLElement>('input[type=password]')?.focus()
  }, [missing, form])
}

function titleOf(t: TFunction, draft: Draft): string {
  if (draft.id !== null) return t('connections.editor.edit')
  const guide = draft.guided ? guides[draft.provider.id] : undefined
  return guide
    ? t(`connections.guide.${guide}.title`)
    : t('connections.connect', { provider: providerName(draft.provider) })
}

/** The form of one connection: new or known, in one page or step by step. Nothing typed is lost when it is refused. */
export function Editor() {
  const draft = useEditor((state) => state.draft)
  return draft === null ? null : <Open draft={draft} />
}

function Open({ draft }: { draft: Draft }) {
  const { t } = useTranslation()
  const form = useRef<HTMLFormElement>(null)
  const { problem, saving } = useEditor()
  const local = useLocal(draft.provider.id, draft.provider.connection.local)
  const connections = useConnections((state) => state.connections)
  useAskedAgain(draft)
  useLeaving()
  useEditorCommands()
  useMissingKeys(form, draft)
  useFirstFault(form)
  const kept = connections.find((own) => own.id === draft.id)?.secrets ?? []
  const guide = draft.guided ? guides[draft.provider.id] : undefined
  const errorAt = (path: readonly (string | number)[]) =>
    problem?.issues.find((issue) => path.every((part, at) => issue.path[at] === part))?.text
  const refused = problem?.key?.startsWith('keychain.') ? problem.key : null
  // The keychain's sentence stands at the keys then, with the ways out.
  const offered = refused !== null && secretFields(draft.provider.connection, draft.settings).length > 0
  const parts = { draft, kept, errorAt, refused, local }

  return (
    <form
      ref={form}
      className={styles.view}
      aria-labelledby="connections-title"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <div className={styles.scroll}>
        <div className={guide ? styles.narrow : styles.wide}>
          <header className={styles.header}>
            <Button
              variant="quiet"
              size="s"
              icon={<IconArrowLeft size={15} />}
              onClick={() => void closeEditor()}
            >
              {t('connections.editor.back')}
            </Button>
            <h1 id="connections-title" className={styles.title}>
              {titleOf(t, draft)}
            </h1>
          </header>
          {guide ? <Guide name={guide} {...parts} /> : <Form {...parts} />}
        </div>
      </div>
      <footer className={styles.footer}>
        <div className={guide ? styles.narrow : styles.wide}>
          <div className={styles.refusal} role="alert">
            {problem === null ? null : (
              <p>{offered ? t('connections.keep.notSaved') : sentences(problem.title, problem.hint)}</p>
            )}
          </div>
          <Button onClick={() => void closeEditor()}>{t('ui.cancel')}</Button>
          <Button type="submit" variant="primary" disabled={saving}>
            {t(draft.id === null ? 'connections.editor.connect' : 'connections.editor.save')}
          </Button>
        </div>
      </footer>
    </form>
  )
}
