import { issue, type Issue } from '@shared/problems'
import type { ConnectionForm } from '@shared/contract'
import { z } from 'zod'
import { toIssues } from '../issues'
import type { ConnectionKind, SecretRule } from '../providers'

type Settings = Record<string, unknown>

/** An account's form as the page and scripts see it. */
export function describeConnection(kind: ConnectionKind): ConnectionForm {
  const { $schema: _dialect, ...settings } = z.toJSONSchema(kind.settings, { io: 'input' })
  return {
    settings,
    secrets: [...kind.secrets],
    policy: kind.policy !== undefined,
    local: kind.local !== undefined,
    imports: kind.list === undefined ? null : (kind.service ?? null),
    docs: kind.docs,
  }
}

/** Settings as the provider's schema has them: what was given, and what it fills in. Issues lie below `settings`. */
export function readSettings(
  kind: ConnectionKind,
  given: Settings,
): { settings: Settings; issues: [] } | { settings: null; issues: Issue[] } {
  const parsed = kind.settings.safeParse(given)
  if (parsed.success) return { settings: parsed.data, issues: [] }
  return {
    settings: null,
    issues: toIssues(parsed.error.issues, given, { at: ['settings'], unknown: 'field.unexpected' }),
  }
}

/** Whether the settings call for a secret at all. */
export function isAsked(kind: ConnectionKind, { when }: SecretRule, settings: Settings): boolean {
  if (when === undefined) return true
  return when.in.includes(String(settings[when.field] ?? defaultOf(kind, when.field)))
}

/** What a setting is while it was not given; settings with a fault elsewhere have not been filled in. */
function defaultOf(kind: ConnectionKind, field: string): unknown {
  const properties = describeConnection(kind).settings['properties'] as Record<string, Settings> | undefined
  return properties?.[field]?.['default']
}

/** What is wrong with secrets that were given: unknown names, required ones that are neither given nor `there`, and those of a wrong form. */
export function checkSecrets(
  kind: ConnectionKind,
  settings: Settings,
  given: Record<string, string | null>,
  there: (name: string) => boolean,
): Issue[] {
  const unknown = Object.keys(given)
    .filter((name) => !kind.secrets.some((rule) => rule.name === name))
    .map((name) => issue(['secrets', name], 'field.unexpected', { name }))
  const missing = kind.secrets.flatMap((rule) => {
    if (!rule.required || !isAsked(kind, rule, settings)) return []
    const value = given[rule.name]
    const here = value === undefined ? there(rule.name) : value === null || value !== ''
    return here ? [] : [issue(['secrets', rule.name], 'field.required')]
  })
  const wrong = Object.entries(given).flatMap(([name, value]) => {
    if (value === null || value === '') return []
    if (value !== value.trim()) return [issue(['secrets', name], 'secret.spaces')]
    const key = kind.checkSecret?.(name, value) ?? null
    return key === null ? [] : [issue(['secrets', name], key)]
  })
  return [...unknown, ...missing, ...wrong]
}
