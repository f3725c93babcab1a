import { isDeepStrictEqual } from 'node:util'
import type { Connection, TestResult, TestStep } from '@shared/contract'
import { StudioError, type Issue } from '@shared/problems'
import type { Logger } from 'pino'
import type { Events } from '../events'
import type { ConnectionRecord, ConnectionStore, JobStore, KeptSecret } from '../history'
import type { Clock, Random } from '../ports'
import type { ConnectionAccess, ConnectionKind, Providers } from '../providers'
import { createAccess, draftAccess } from './access'
import { askedAgain, checkAddresses, originsOf } from './destinations'
import { checkSecrets, readSettings } from './form'
import type { Keychain } from './keychain'
import { planRewrites } from './plan'
import { rewriteSecrets, type Rewrite } from './rewrite'
import { createSecrets } from './secrets'
import { createTurns } from './turns'
import { telling } from './unread'
import type { ConnectionChange, Connections } from './types'

export interface ConnectionDeps {
  store: ConnectionStore
  jobs: Pick<JobStore, 'unfinishedOf'>
  providers: Pick<Providers, 'holders'>
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
  const turns = createTurns()
  /** Being removed: no job may begin on them while the keychain is asked. */
  const leaving = new Set<string>()
  /** Counts what a test speaks of, so that a change under way is not taken for tested. */
  const versions = new Map<string, number>()
  const versionOf = (id: string) => versions.get(id) ?? 0

  const told = ({ removedAt: _removedAt, ...record }: ConnectionRecord): Connection => ({
    ...record,
    secrets: record.secrets.map(({ sentTo, ...info }) => ({
      ...info,
      configured: secrets.has(record.id, { ...info, sentTo }),
    })),
  })
  const list = () => store.all().map(told)
  const here = (id: string): ConnectionRecord => {
    const record = store.get(id)
    if (!record || record.removedAt !== null) throw new StudioError('not_found', 'connection.notFound')
    return record
  }
  const holder = (id: string) => providers.holders.find((one) => one.id === id) ?? null
  const kindOf = (provider: string): ConnectionKind => {
    const found = holder(provider)
    if (!found) throw new StudioError('not_found', 'provider.notFound', { values: { provider } })
    if (!found.connection) {
      throw new StudioError('invalid_request', 'connection.none', { values: { provider: found.label } })
    }
    return found.connection
  }
  const changed = (id: string) => {
    secrets.askAnew(id)
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

  const rewrite = (
    id: string,
    steps: readonly Rewrite[],
    commit: (changed: Map<string, KeptSecret | null>) => void,
  ) =>
    rewriteSecrets(secrets, id, steps, commit, (error) =>
      log.warn({ err: error, connection: id }, 'a secret was left behind'),
    )

  const accessTo = (record: ConnectionRecord) =>
    createAccess(record, secrets, holder(record.provider)?.connection ?? null)

  const thereOf =
    ({ id }: ConnectionRecord) =>
    (info: KeptSecret) =>
      secrets.has(id, info)

  /** Runs a test; how it ended is kept with the connection it was made of, where it is that very one. */
  async function* steps(
    kind: ConnectionKind,
    access: ConnectionAccess,
    saved: { id: string; version: number } | null,
    signal: AbortSignal,
  ): AsyncGenerator<TestStep> {
    let ok = true
    let whoever: string | null = null
    let told: Pick<TestResult, 'standing'> = {}
    const tried = telling(access)
    for await (const asked of kind.test(tried.access, signal)) {
      const { who, standing, ...step } = tried.say(asked)
      whoever = who ?? whoever
      if (standing) {
        const { key, message, values } = standing === true ? step : standing
        told = { standing: { key, message, values } }
      }
      ok &&= step.state !== 'failed'
      yield step
    }
    if (!saved || signal.aborted || versionOf(saved.id) !== saved.version) return
    if (store.update(saved.id, { tested: { at: clock.now(), ok, who: whoever, ...told } })) changed(saved.id)
  }

  async function update(id: string, change: ConnectionChange): Promise<Connection> {
    const before = here(id)
    const kind = kindOf(before.provider)
    const typed = change.secrets ?? {}
    const parsed = readSettings(kind, change.settings ?? before.settings)
    const there = (name: string) => before.secrets.some((info) => info.name === name && secrets.has(id, info))
    const wrong =
      change.secrets === undefined && change.settings === undefined
        ? []
        : [
            ...checkSecrets(kind, parsed.settings ?? before.settings, typed, there),
            ...(parsed.settings === null
              ? []
              : checkAddresses(kind, before, parsed.settings, typed, thereOf(before))),
          ]
    const settings =
      change.settings === undefined && wrong.length === 0
        ? before.settings
        : settingsOf(kind, change.settings ?? before.settings, wrong)
    const another = change.secrets !== undefined || !isDeepStrictEqual(settings, before.settings)
    const steps = await planRewrites(secrets, kind, before, { settings, typed, move: change.keep })
    await rewrite(id, steps, (kept) => {
      const infos = new Map(before.secrets.map((info) => [info.name, info]))
      for (const [name, info] of kept) {
        if (info) infos.set(name, info)
        else infos.delete(name)
      }
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
      if (another) versions.set(id, versionOf(id) + 1)
    })
    changed(id)
    return told(here(id))
  }

  async function remove(id: string): Promise<void> {
    const record = here(id)
    const count = jobs.unfinishedOf(id)
    if (count > 0) throw new StudioError('conflict', 'connection.busy', { values: { count } })
    const steps = record.secrets.map((old) => ({ name: old.name, old, to: null }))
    leaving.add(id)
    try {
      await rewrite(id, steps, () => {
        const gone = { secrets: [], settings: {}, tested: null, enabled: false, removedAt: clock.now() }
        store.update(id, gone)
      })
    } finally {
      leaving.delete(id)
    }
    changed(id)
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
      const steps = Object.entries(typed).flatMap(([name, secret]): Rewrite[] =>
        secret === ''
          ? []
          : [{ name, old: undefined, to: { secret, kept: keep, sentTo: originsOf(kind, name, settings) } }],
      )
      let record: ConnectionRecord | null = null
      await rewrite(id, steps, (kept) => {
        const infos = [...kept.values()].filter((info) => info !== null)
        const about = { label, enabled: true, settings, secrets: infos, concurrency, budget, tested: null }
        record = { id, provider, ...about, createdAt: at, updatedAt: at, removedAt: null }
        store.insert(record)
      })
      changed(id)
      return told(record ?? here(id))
    },

    update: (id, change) => turns.take(id, () => update(id, change)),
    remove: (id) => turns.take(id, () => remove(id)),

    test(draft, signal) {
      const kind = kindOf(draft.provider)
      const record = draft.id === undefined ? null : here(draft.id)
      if (record && record.provider !== draft.provider) {
        // Else the secrets of one provider could be sent to another.
        const { label } = holder(draft.provider) ?? { label: draft.provider }
        throw new StudioError('invalid_request', 'connection.otherProvider', { values: { provider: label } })
      }
      const typed = Object.fromEntries(
        Object.entries(draft.secrets ?? {}).filter(([, secret]) => secret !== ''),
      )
      const there = (name: string) =>
        record?.secrets.some((info) => info.name === name && secrets.has(record.id, info)) ?? false
      const parsed = readSettings(kind, draft.settings)
      const settings = settingsOf(kind, draft.settings, [
        ...checkSecrets(kind, parsed.settings ?? draft.settings, typed, there),
        ...(record && parsed.settings
          ? checkAddresses(kind, record, parsed.settings, typed, thereOf(record))
          : []),
      ])
      const asKept = Object.keys(typed).length === 0 && isDeepStrictEqual(settings, record?.settings)
      if (record) secrets.askAnew(record.id)
      const saved = record && asKept ? { id: record.id, version: versionOf(record.id) } : null
      for (const secret of Object.values(typed)) if (secret !== null) deps.hide(secret)
      const access = draftAccess(record, record && accessTo(record), settings, typed)
      return steps(kind, access, saved, signal)
    },

    askedAgain(id, given) {
      const record = here(id)
      const kind = kindOf(record.provider)
      const { settings } = readSettings(kind, given)
      return settings && askedAgain(kind, record, settings, thereOf(record))
    },
    policy: (provider, settings) => kindOf(provider).policy?.(settings) ?? null,
    local: async (provider) =>
      (await kindOf(provider).local?.()) ?? { profiles: [], environment: { deciding: [], ignored: [] } },
    access(id) {
      const record = store.get(id)
      return record && record.removedAt === null ? accessTo(record) : null
    },
    record(id) {
      const record = store.get(id)
      return record && leaving.has(id) ? { ...record, enabled: false } : record
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
