import type { Connection } from '@shared/contract'
import i18next from 'i18next'
import { attempt } from '../actions'
import { api } from '../api'
import { forgetConnection, rememberConnection } from '../state/connections'
import { confirm, toast } from '../ui'
import { useTests } from './testing'

/** Tries a saved connection as it is. */
export function testConnection({ id, provider, settings }: Connection): void {
  void useTests.getState().start(id, { id, provider, settings })
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
