import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** How a profile signs in. */
export type ProfileKind = 'keys' | 'sso' | 'role' | 'process' | 'web' | 'login' | 'unknown'

/** One profile as the page may know it: never a secret. */
export interface Profile {
  name: string
  kind: ProfileKind
  region: string | null
}

/** The two files that profiles are read from. */
export interface ProfileFiles {
  config: string
  credentials: string
}

export type Section = Record<string, string>

/** The files of a home folder, by the names the AWS CLI gives them. */
export function profileFiles(home: string): ProfileFiles {
  return { config: join(home, '.aws', 'config'), credentials: join(home, '.aws', 'credentials') }
}

/** All profiles of a home folder, by name. Files that are not there or cannot be read hold none. */
export async function listProfiles(home: string): Promise<Profile[]> {
  const sections = await readProfiles(profileFiles(home))
  return [...sections]
    .map(([name, section]) => ({ name, kind: kindOf(section), region: section['region'] ?? null }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

/**
 * The sections of both files by profile; what the credentials file says of a profile wins, as in the AWS CLI
 * (AWS SDKs and Tools Reference Guide, "Shared config and credentials files").
 */
export async function readProfiles(files: ProfileFiles): Promise<Map<string, Section>> {
  const [config, credentials] = await Promise.all([readText(files.config), readText(files.credentials)])
  const profiles = new Map<string, Section>()
  for (const [header, section] of sectionsOf(config)) {
    const name = header === 'default' ? header : /^profile\s+(["']?)(.+)\1$/.exec(header)?.[2]
    if (name !== undefined) profiles.set(name, { ...profiles.get(name), ...section })
  }
  for (const [name, section] of sectionsOf(credentials)) {
    profiles.set(name, { ...profiles.get(name), ...section })
  }
  return profiles
}

/** How a profile signs in, in the order in which the AWS SDK looks. */
export function kindOf(section: Section): ProfileKind {
  const has = (...names: string[]) => names.every((name) => section[name] !== undefined)
  if (has('role_arn', 'source_profile') || has('role_arn', 'credential_source')) return 'role'
  if (has('aws_access_key_id', 'aws_secret_access_key')) return 'keys'
  if (has('web_identity_token_file', 'role_arn')) return 'web'
  if (has('credential_process')) return 'process'
  if (has('sso_session') || has('sso_start_url')) return 'sso'
  return has('login_session') ? 'login' : 'unknown'
}

/** The headers and the top-level settings below them; comments and nested settings are passed over. */
function sectionsOf(text: string): [string, Section][] {
  const sections: [string, Section][] = []
  for (const line of text.split(/\r?\n/)) {
    const bare = line.replace(/(^|\s)[#;].*$/, '').trim()
    const header = /^\[\s*(.+?)\s*\]$/.exec(bare)?.[1]
    if (header !== undefined) {
      sections.push([header, {}])
      continue
    }
    const setting = /^\s/.test(line) ? null : /^([^=]+?)\s*=\s*(.+)$/.exec(bare)
    const last = sections.at(-1)
    if (setting && last) last[1][setting[1] ?? ''] = setting[2] ?? ''
  }
  return sections
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch {
    return ''
  }
}
