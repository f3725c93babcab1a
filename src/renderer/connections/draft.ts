import type { AskedAgain, Connection, Money, SecretPlace } from '@shared/contract'
import i18next from 'i18next'
import { create } from 'zustand'
import { api, problemOf, type Problem } from '../api'
import { providerName } from '../messages'
import { rememberConnection, useConnections, type AccountProvider } from '../state/connections'
import { confirm, toast } from '../ui'
import { secretFields, settingsToSend } from './fields'
import { useTests } from './testing'

/** What stands in the form of one connection. Secrets are here only from their typing until they are saved. */
export interface Draft {
  provider: AccountProvider
  /** Null for one that is yet to be made. */
  id: string | null
  /** Step by step, for the first connection of a provider. */
  guided: boolean
  label: string
  /** Only what was set; the rest is left to the provider. */
  settings: Record<string, unknown>
  secrets: Record<string, string>
  /** Secrets to be forgotten with the next save. */
  forgotten: string[]
  keep: SecretPlace
  concurrency: number | null
  budget: Money | null
}

interface EditorState {
  draft: Draft | null
  /** As it was when it was opened, to know whether anything was changed. */
  opened: Draft | null
  saving: boolean
  /** The kept secrets that go to no address as it stands in the form: they are to be entered again. */
  asked: readonly AskedAgain[]
  /** What the last save was refused with; an issue goes with the next change of its field. */
  problem: Problem | null
}

/** The form that is open; it outlives a look at another view. */
export const useEditor = create<EditorState>(() => ({
  draft: null,
  opened: null,
  saving: false,
  asked: [],
  problem: null,
}))

const closed: EditorState = { draft: null, opened: null, saving: false, asked: [], problem: null }

/** Which run of the test belongs to the open form. */
export const draftTest = 'draft'

function freshLabel(provider: AccountProvider, connections: readonly Connection[]): string {
  const taken = new Set(connections.map((own) => own.label))
  const name = providerName(provider)
  if (!taken.has(name)) return name
  for (let number = 2; ; number += 1) {
    const label = `${name} ${number}`
    if (!taken.has(label)) return label
  }
}

function open(draft: Draft): void {
  useTests.getState().clear(draftTest)
  useEditor.setState({ ...closed, draft, opened: draft })
}

/** Opens an empty form; `guided` leads through it step by step. */
export function addConnection(provider: AccountProvider, guided: boolean): void {
  const { connections } = useConnections.getState()
  open({
    provider,
    id: null,
    guided,
    label: freshLabel(provider, connections),
    settings: {},
    secrets: {},
    forgotten: [],
    keep: 'keychain',
    concurrency: null,
    budget: null,
  })
}

/** Opens the form of a connection. */
export function editConnection(provider: AccountProvider, connection: Connection): void {
  open({
    provider,
    id: connection.id,
    guided: false,
    label: connection.label,
    settings: connection.settings,
    secrets: {},
    forgotten: [],
    keep: connection.secrets.some((secret) => secret.kept === 'session') ? 'session' : 'keychain',
    concurrency: connection.concurrency,
    budget: connection.budget,
  })
}

/** Whether the form differs from what it was opened with. */
export function isChanged(): boolean {
  const { draft, opened } = useEditor.getState()
  return draft !== null && JSON.stringify(draft) !== JSON.stringify(opened)
}

/** A refusal without what it says of one field; null once all that it names has been seen to. */
function without(problem: Problem, touched: (string | number)[]): Problem | null {
  const issues = problem.issues.filter(
    ({ path, key }) =>
      !touched.every((part, at) => path[at] === part) &&
      // Said at the address, mended at the key.
      !(touched[0] === 'secrets' && key === 'connection.addressChanged'),
  )
  return issues.length === 0 && problem.issues.length > 0 ? null : { ...problem, issues }
}

/** Changes the draft; sentences beside the fields that were changed go. */
export function change(patch: Partial<Draft>, touched: (string | number)[]): void {
  useEditor.setState(({ draft, problem }) => ({
    draft: draft === null ? null : { ...draft, ...patch },
    problem: problem === null ? null : without(problem, touched),
  }))
}

/** Sets one setting; undefined leaves it to the provider. */
export function setSetting(name: string, value: unknown): void {
  const { draft } = useEditor.getState()
  if (draft === null) return
  const { [name]: _before, ...others } = draft.settings
  change({ settings: value === undefined ? others : { ...draft.settings, [name]: value } }, [
    'settings',
    name,
  ])
}

/** Writes into fields of secrets, a single one or a whole pasted block. */
export function setSecrets(values: Record<string, string>): void {
  const { draft } = useEditor.getState()
  if (draft === null) return
  const secrets = { ...draft.secrets, ...values }
  change({ secrets, forgotten: draft.forgotten.filter((name) => !(name in values)) }, ['secrets'])
}

/** Takes a field of a secret back to what is kept. */
export function leaveSecret(name: string): void {
  const { draft } = useEditor.getState()
  if (draft === null) return
  const { [name]: _typed, ...secrets } = draft.secrets
  change({ secrets, forgotten: draft.forgotten.filter((own) => own !== name) }, ['secrets', name])
}

/** Marks a kept secret to be forgotten with the next save. */
export function forgetSecret(name: string): void {
  leaveSecret(name)
  const { draft } = useEditor.getState()
  if (draft !== null) change({ forgotten: [...draft.forgotten, name] }, ['secrets', name])
}

/** The secrets that were typed and are called for. */
export function typedSecrets(draft: Draft): Record<string, string> {
  const wanted = secretFields(draft.provider.connection, draft.settings).map((secret) => secret.name)
  return Object.fromEntries(
    Object.entries(draft.secrets)
      .map(([name, value]) => [name, value.trim()] as const)
      .filter(([name, value]) => wanted.includes(name) && value !== ''),
  )
}

/**
 * The secrets that go with the form of a connection that is kept: null forgets one. What could be left out and was not
 * entered again for a new address is forgotten too.
 */
export function changedSecrets(draft: Draft): Record<string, string | null> {
  const { asked } = useEditor.getState()
  const optional = secretFields(draft.provider.connection, draft.settings)
    .filter(({ name, required }) => !required && asked.some((again) => again.name === name))
    .map(({ name }) => name)
  const gone = [...optional, ...draft.forgotten].map((name) => [name, null] as const)
  return { ...Object.fromEntries(gone), ...typedSecrets(draft) }
}

function handIn(draft: Draft): Promise<Connection> {
  const { id, provider, keep, concurrency, budget } = draft
  const label = draft.label.trim()
  const settings = settingsToSend(provider.connection, draft.settings)
  if (id === null) {
    const secrets = typedSecrets(draft)
    return api.connections.create({
      provider: provider.id,
      label,
      settings,
      secrets,
      keep,
      concurrency,
      budget,
    })
  }
  return api.connections.update({
    id,
    label,
    settings,
    secrets: changedSecrets(draft),
    keep,
    concurrency,
    budget,
  })
}

/** A label is refused here already: the contract would say it without a place. */
function faultOf(draft: Draft): Problem | null {
  if (draft.label.trim() !== '') return null
  const text = i18next.t('connections.editor.labelNeeded')
  return { code: 'invalid_request', key: null, title: text, hint: null, issues: [{ path: ['label'], text }] }
}

/** A form that was tested is tested again as the connection that it became: what is kept is what was found of that. */
function retest({ id, provider, settings, tested }: Connection): void {
  const { runs, start, clear } = useTests.getState()
  const wanted = runs[draftTest] !== undefined && tested === null
  clear(draftTest)
  if (wanted) void start(id, { id, provider, settings })
}

/** Saves the form and closes it. Refused, everything typed stays. Answers whether it was saved. */
export async function save(patch: Partial<Draft> = {}): Promise<boolean> {
  const { draft: before, saving } = useEditor.getState()
  if (before === null || saving) return false
  const draft = { ...before, ...patch }
  const fault = faultOf(draft)
  if (fault) {
    useEditor.setState({ problem: fault })
    return false
  }
  useEditor.setState({ draft, saving: true, problem: null })
  try {
    const connection = await handIn(draft)
    rememberConnection(connection)
    retest(connection)
    useEditor.setState(closed)
    toast({ title: i18next.t('connections.saved', { label: connection.label }), tone: 'done' })
    return true
  } catch (error) {
    useEditor.setState({ saving: false, problem: problemOf(error) })
    return false
  }
}

/** Closes the form; asks first where something was typed. Answers whether it is closed. */
export async function closeEditor(): Promise<boolean> {
  if (isChanged()) {
    const { ok } = await confirm({
      title: i18next.t('connections.editor.leave.title'),
      body: i18next.t('connections.editor.leave.body'),
      action: i18next.t('connections.editor.leave.action'),
      stay: i18next.t('connections.editor.leave.stay'),
      danger: true,
    })
    if (!ok) return false
  }
  useTests.getState().clear(draftTest)
  useEditor.setState(closed)
  return true
}
