import type { Connection, ConnectionForm } from '@shared/contract'
import { controlOfType, isObject, textsOf, type Schema } from '../state/schema'

const controls = ['choice', 'text', 'switch', 'number', 'tags', 'profile', 'hosting'] as const

/** A pair of words that marks what a connection makes. */
export interface Tag {
  key: string
  value: string
}

/** One setting of a connection as the form shows it, read from the provider's JSON Schema. */
export interface SettingField {
  name: string
  /** Catalogue key below `connection.field`. */
  title: string
  group: 'main' | 'more'
  control: (typeof controls)[number]
  /** Shown only while another setting has one of these values. */
  when: { field: string; in: string[] } | null
  placeholder: string | undefined
  unit: string | null
  /** What counts while the person leaves it alone. */
  fallback: unknown
  options: string[]
  min: number
  max: number
  required: boolean
}

type SecretField = ConnectionForm['secrets'][number]
type Values = Readonly<Record<string, unknown>>

const textOr = <T>(value: unknown, other: T) => (typeof value === 'string' ? value : other)
const numberOr = (value: unknown, other: number) => (typeof value === 'number' ? value : other)

function whenOf(value: unknown): SettingField['when'] {
  if (!isObject(value) || typeof value['field'] !== 'string') return null
  return { field: value['field'], in: textsOf(value['in']) }
}

function controlOf(asked: unknown, schema: Schema): SettingField['control'] | null {
  const named = controls.find((control) => control === asked)
  if (named) return named
  if (Array.isArray(schema['enum'])) return 'choice'
  return controlOfType(schema)
}

/** The settings of an account in the order of their description. What no control can show is left alone. */
export function settingFields(settings: Record<string, unknown>): SettingField[] {
  const properties = isObject(settings['properties']) ? settings['properties'] : {}
  const required = textsOf(settings['required'])
  return Object.entries(properties).flatMap(([name, schema]) => {
    if (!isObject(schema)) return []
    const ui = isObject(schema['x-ui']) ? schema['x-ui'] : {}
    const control = controlOf(ui['control'], schema)
    if (!control) return []
    const field: SettingField = {
      name,
      title: textOr(schema['title'], name),
      group: ui['group'] === 'more' ? 'more' : 'main',
      control,
      when: whenOf(ui['when']),
      placeholder: textOr(ui['placeholder'], undefined),
      unit: textOr(ui['unit'], null),
      fallback: schema['default'],
      options: textsOf(schema['enum']),
      min: numberOr(schema['minimum'], Number.MIN_SAFE_INTEGER),
      max: numberOr(schema['maximum'], Number.MAX_SAFE_INTEGER),
      required: required.includes(name),
    }
    return [field]
  })
}

/** What a setting stands at: what was set, else what it falls back to. */
export function valueOf(field: SettingField, values: Values): unknown {
  return values[field.name] ?? field.fallback
}

/** Whether a condition on another setting holds; no condition always does. */
export function applies(
  when: SettingField['when'] | undefined,
  fields: readonly SettingField[],
  values: Values,
): boolean {
  if (!when) return true
  const other = fields.find((field) => field.name === when.field)
  const value = other ? countedOf(other, fields, values) : values[when.field]
  return typeof value === 'string' && when.in.includes(value)
}

/** What a setting counts as: one that is not called for is not handed in, so that its fallback counts. */
function countedOf(field: SettingField, fields: readonly SettingField[], values: Values): unknown {
  return applies(field.when, fields, values) ? valueOf(field, values) : field.fallback
}

/** The secrets that the settings as they stand call for, in the order of the form. */
export function secretFields(form: ConnectionForm, values: Values): SecretField[] {
  const fields = settingFields(form.settings)
  return form.secrets.filter((secret) => applies(secret.when, fields, values))
}

/** The tags of a setting, whatever else it may hold. */
export function tagsOf(value: unknown): Tag[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((tag: unknown) =>
    isObject(tag) && typeof tag['key'] === 'string' && typeof tag['value'] === 'string'
      ? [{ key: tag['key'], value: tag['value'] }]
      : [],
  )
}

/**
 * Settings as they are handed in: spaces around texts, texts left empty and tags of which nothing was written are
 * left out, and so is what the other settings do not call for.
 */
export function settingsToSend(form: ConnectionForm, values: Values): Record<string, unknown> {
  const fields = settingFields(form.settings)
  const sent: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(values)) {
    const field = fields.find((own) => own.name === name)
    if (field && !applies(field.when, fields, values)) continue
    const kept =
      typeof value === 'string'
        ? value.trim()
        : field?.control === 'tags'
          ? tagsOf(value).filter((tag) => tag.key.trim() !== '' || tag.value.trim() !== '')
          : value
    // An empty text is a value where the fallback is not empty: a prefix may be taken away.
    const nothing = kept === '' && (field?.fallback === undefined || field.fallback === '')
    if (kept === undefined || kept === null || nothing) continue
    if (Array.isArray(kept) && kept.length === 0) continue
    sent[name] = kept
  }
  return sent
}

/** How things stand with a connection, the gravest first. `over`: what it needs was kept for a session that has ended. */
export type Standing = 'off' | 'over' | 'secrets' | 'untested' | 'failed' | 'ready'

/** How things stand with a connection; `form` null is a provider that this version does not know. */
export function standingOf(connection: Connection, form: ConnectionForm | null): Standing {
  if (!connection.enabled) return 'off'
  const missing = (form === null ? [] : secretFields(form, connection.settings))
    .filter(({ required }) => required)
    .map(({ name }) => connection.secrets.find((secret) => secret.name === name))
    .filter((secret) => secret?.configured !== true)
  if (missing.length > 0) return missing.every((secret) => secret?.kept === 'session') ? 'over' : 'secrets'
  if (connection.tested === null) return 'untested'
  return connection.tested.ok ? 'ready' : 'failed'
}

/** Whether it waits for keys to be entered. */
export function lacksKeys(standing: Standing): boolean {
  return standing === 'over' || standing === 'secrets'
}

/** Whether a secret of the connection goes with this run of the program. */
export function forSession(connection: Connection): boolean {
  return connection.secrets.some((secret) => secret.kept === 'session')
}
