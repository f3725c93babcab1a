import type { Connection } from '@shared/contract'
import { isServed } from '@shared/served'
import i18next from 'i18next'
import { attempt } from '../actions'
import { api } from '../api'
import { useComposer } from '../state/composer'
import { forgetConnection, needOf, rememberConnection, type AccountProvider } from '../state/connections'
import { useStudio } from '../state/studio'
import { useView } from '../state/view'
import { confirm, toast } from '../ui'
import { editConnection, useEditor } from './draft'
import { useTests } from './testing'

/** Tries a saved connection as it is. What is missing in it is shown in its form, beside the fields. */
export async function testConnection(provider: AccountProvider, connection: Connection): Promise<void> {
  const { id, settings } = connection
  await useTests.getState().start(id, { id, provider: provider.id, settings })
  const problem = useTests.getState().runs[id]?.problem
  if (!problem || problem.issues.length === 0 || useEditor.getState().draft !== null) return
  useTests.getState().clear(id)
  editConnection(provider, connection)
  useEditor.setState({ problem })
}

/** Switches a connection on or off. */
export async function switchConnection({ id, enabled }: Connection): Promise<void> {
  const changed = await attempt(() => api.connections.update({ id, enabled: !enabled }))
  if (changed) rememberConnection(changed)
}

/** Removes a connection and its secrets, after asking. Refused while its jobs run, which is said. */
export async function removeConnection({ id, label }: Connection): Promise<void> {
  const { ok } = await confirm({
    title: i18next.t('connections.remove.title', { label }),
    body: i18next.t('connections.remove.body'),
    action: i18next.t('connections.remove.action'),
    danger: true,
  })
  if (!ok || !(await attempt(() => api.connections.remove({ id })))) return
  forgetConnection(id)
  useTests.getState().clear(id)
  toast({ title: i18next.t('connections.removed', { label }) })
}

/** The model that is offered where a connection was found to work: one that is chosen already, else the first it serves. */
export function firstModelOf({ models }: AccountProvider, { settings }: Connection): string | null {
  const served = models.filter(({ servedBy }) => isServed(servedBy, settings)).map(({ id }) => id)
  return served.find((id) => useComposer.getState().models.includes(id)) ?? served[0] ?? null
}

/** Goes to the composer with a model and the connection for it. */
export function makeVideo(model: string, { id }: Connection): void {
  const { addModel, setConnection, focus } = useComposer.getState()
  addModel(model)
  const need = needOf(useStudio.getState().providers, model)
  if (need) setConnection(need.key, id)
  useView.getState().setView('gallery')
  focus()
}
