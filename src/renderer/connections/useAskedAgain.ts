import { useEffect } from 'react'
import type { AskedAgain } from '@shared/contract'
import { api } from '../api'
import { useEditor, type Draft } from './draft'
import { secretFields, settingsToSend } from './fields'

/** Asks, whenever the settings change, which kept secrets are to be entered again; the answer goes to the form's state. */
export function useAskedAgain({ id, provider, settings: values }: Draft): void {
  const settings = JSON.stringify(settingsToSend(provider.connection, values))
  useEffect(() => {
    if (id === null) return undefined
    const stop = new AbortController()
    const asked = { id, settings: JSON.parse(settings) as Record<string, unknown> }
    api.connections.askedAgain(asked, { signal: stop.signal }).then(
      ({ secrets }) => {
        // Of an address that is half typed nobody can say; what was said before stands.
        if (!stop.signal.aborted && secrets !== null) useEditor.setState({ asked: secrets })
      },
      // Saving says it.
      () => undefined,
    )
    return () => stop.abort()
  }, [id, settings])
}

/** The setting at which it is to be said that a key must be entered again; null once that is done. */
export function waitingFor(draft: Draft, asked: readonly AskedAgain[]): string | null {
  const { connection } = draft.provider
  const open = secretFields(connection, draft.settings).filter(
    ({ name, required }) =>
      required && (draft.secrets[name] ?? '').trim() === '' && !draft.forgotten.includes(name),
  )
  return asked.find(({ name }) => open.some((secret) => secret.name === name))?.setting ?? null
}
