import { isDeepStrictEqual } from 'node:util'
import type { Connection, SecretInfo, TestStep } from '@shared/contract'
import { StudioError, type Issue } from '@shared/problems'
import type { Logger } from 'pino'
import type { Events } from '../events'
import type { ConnectionRecord, ConnectionStore, JobStore } from '../history'
import type { Clock, Random } from '../ports'
import type { ConnectionAccess, ConnectionKind, Providers } from '../providers'
import { createAccess } from './access'
import { checkSecrets, readSettings } from './form'
import type { Keychain } from './keychain'
import { createSecrets } from './secrets'
import type { Connections } from './types'

export interface ConnectionDeps {
  store: ConnectionStore
  jobs: Pick<JobStore, 'unfinishedOf'>
  providers: Pick<Providers, 'provider'>
  keychain: Keychain
  hide: (secret: string) => void
  clock: Clock
  random: Random
  events: Events
  log: Logger
}

/** Makes the service that keeps accounts at providers, their secrets in the keychain. */
export function createConnections(deps: ConnectionDeps): Connections {
  const { store, jobs, providers, keychain, clock, random, events, log } = deps
  const secrets = createSecrets(deps)
  const listeners = new Set<(id: string) => void>()

  const told = ({ removedAt: _removedAt, ...record }: ConnectionRecord): Connection => ({
    ...record,
    secrets: record.secrets.map((info) => ({ ...info, configured: secrets.has(record.id, info) })),
  })
  const list = () => store.all().map(told)
  const here = (id: string): ConnectionRecord => {
    const record = store.get(id)
    if (!record || record.removedAt !== null) throw new StudioError('not_found', 'connection.notFound')
    return record
  }
  const kindOf = (provider: string): ConnectionKind => {
    const found = providers.provider(provider)
    if (!found) throw new StudioError('not_found', 'provider.notFound', { values: { provider } })
    if (!found.connection) {
      throw new StudioError('invalid_request', 'connection.none', { values: { provider: found.label } })
    }
    return found.connection
  }
  const changed = (id: string) => {
    events.publish({ type: 'connections', connections: list() })
    for (const listener of listeners) listener(id)
  }
  const settingsOf = (kind: ConnectionKind, given: Record<string, unknown>, more: Issue[] = []) => {
    const { settings, issues } = readSettings(kind, given)
    const all = [...issues, ...more]
    if (settings === null || all.length > 0) {
      throw new StudioError('invalid_request', 'request.invalid', { issues: all })
    }
    return settings
  }

  /** Forgets a secret that is not needed any more; a keychain that refuses keeps it, and the log says so. */
  const forgetQuietly = (id: string, info: SecretInfo) =>
    secrets
      .forget(id, info)
      .catch((error: unknown) => log.warn({ err: error, connection: id }, 'a secret was left behind'))

  /** An access with what stands in a form in front of what is kept. */
  function draftAccess(
    record: ConnectionRecord | null,
    settings: Record<string, unknown>,
    given: Record<string, string>,
  ): ConnectionAccess {
    for (const secret of Object.values(given)) deps.hide(secret)
    const kept = record && createAccess(record, secrets)
    return {
      id: record?.id ?? 'draft',
      label: record?.label ?? '',
      settings,
      secret: async (name) => given[name] ?? (await kept?.secret(name)) ?? null,
    }
  }

  /** Runs a test; how it ended is kept with the connection it was made of, where it is that very one. */
  async function* steps(
    kind: ConnectionKind,
    access: ConnectionAccess,
    record: ConnectionRecord | null,
    signal: AbortSignal,
  ): AsyncGenerator<TestStep> {
    let ok = true
    let whoever: string | null = null
    for await (const { who, ...step } of kind.test(access, signal)) {
      whoever = who ?? whoever
      ok &&= step.state !== 'failed'
      yield step
    }
    if (!record || signal.aborted) return
    store.update(record.id, { tested: { at: clock.now(), ok, who: whoever } })
    changed(record.id)
  }

  return {
    list,
    keychain: () => keychain.check(),
    async create({ provider, label, settings: given, secrets: typed, keep, concurrency, budget }) {
      const kind = kindOf(provider)
      const parsed = readSettings(kind, given)
      const settings = settingsOf(
        kind,
        given,
        checkSecrets(kind, parsed.settings ?? given, typed, () => false),
      )
      const at = clock.now()
      const id = random.id(at)
      const infos: SecretInfo[] = []
      try {
        for (const [name, secret] of Object.entries(typed)) {
          if (secret !== '') infos.push(await secrets.keep(id, name, secret, keep))
        }
      } catch (error) {
        for (const info of infos) await forgetQuietly(id, info)
        throw error
      }
      const about = { label, enabled: true, settings, secrets: infos, concurrency, budget, tested: null }
      const record = { id, provider, ...about, createdAt: at, updatedAt: at, removedAt: null }
      store.insert(record)
      changed(id)
      return told(record)
    },

    async update(id, change) {
      const before = here(id)
      const kind = kindOf(before.provider)
      const typed = change.secrets ?? {}
      const parsed = readSettings(kind, change.settings ?? before.settings)
      const there = (name: string) =>
        before.secrets.some((info) => info.name === name && secrets.has(id, info))
      const wrong =
        change.secrets === undefined && change.settings === undefined
          ? []
          : checkSecrets(kind, parsed.settings ?? before.settings, typed, there)
      const settings =
        change.settings === undefined && wrong.length === 0
          ? before.settings
          : settingsOf(kind, change.settings ?? before.settings, wrong)
      const infos = new Map(before.secrets.map((info) => [info.name, info]))
      const keep = change.keep ?? [...infos.values()].find((info) => info.kept !== null)?.kept ?? 'keychain'
      for (const [name, secret] of Object.entries(typed)) {
        const old = infos.get(name)
        if (secret === null || secret === '') {
          if (secret === null && old) await secrets.forget(id, old)
          if (secret === null) infos.delete(name)
          continue
        }
        infos.set(name, await secrets.keep(id, name, secret, keep))
        if (old?.kept === 'keychain' && keep === 'session') await forgetQuietly(id, old)
      }
      if (change.keep === 'keychain') {
        for (const info of infos.values()) {
          const secret = info.kept === 'session' ? await secrets.read(id, info) : null
          if (secret !== null) infos.set(info.name, await secrets.keep(id, info.name, secret, 'keychain'))
        }
      }
      const another = change.secrets !== undefined || !isDeepStrictEqual(settings, before.settings)
      store.update(id, {
        settings,
        secrets: [...infos.values()],
        ...(change.label === undefined ? {} : { label: change.label }),
        ...(change.enabled === undefined ? {} : { enabled: change.enabled }),
        ...(change.concurrency === undefined ? {} : { concurrency: change.concurrency }),
        ...(change.budget === undefined ? {} : { budget: change.budget }),
        // A test speaks of what was tested.
        ...(another ? { tested: null } : {}),
        updatedAt: clock.now(),
      })
      changed(id)
      return told(here(id))
    },

    async remove(id) {
      const record = here(id)
      const count = jobs.unfinishedOf(id)
      if (count > 0) throw new StudioError('conflict', 'connection.busy', { values: { count } })
      for (const info of record.secrets) {
        try {
          await secrets.forget(id, info)
        } catch (error) {
          // Where there is no keychain there is nothing in it to clear away; any other refusal is said.
          if (!(error instanceof StudioError) || error.key !== 'keychain.absent') throw error
        }
      }
      store.update(id, { secrets: [], settings: {}, tested: null, enabled: false, removedAt: clock.now() })
      changed(id)
    },

    test(draft, signal) {
      const kind = kindOf(draft.provider)
      const record = draft.id === undefined ? null : here(draft.id)
      const typed = draft.secrets ?? {}
      const there = (name: string) =>
        record?.secrets.some((info) => info.name === name && secrets.has(record.id, info)) ?? false
      const parsed = readSettings(kind, draft.settings)
      const settings = settingsOf(
        kind,
        draft.settings,
        checkSecrets(kind, parsed.settings ?? draft.settings, typed, there),
      )
      const asKept = Object.keys(typed).length === 0 && isDeepStrictEqual(settings, record?.settings)
      return steps(kind, draftAccess(record, settings, typed), asKept ? record : null, signal)
    },

    policy: (provider, settings) => kindOf(provider).policy?.(settings) ?? null,
    local: async (provider) => (await kindOf(provider).local?.()) ?? { profiles: [], environment: [] },
    access(id) {
      const record = store.get(id)
      return record && record.removedAt === null ? createAccess(record, secrets) : null
    },
    record: (id) => store.get(id),
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
