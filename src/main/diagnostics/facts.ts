import { readdirSync, statSync } from 'node:fs'
import { arch, cpus, freemem, release, totalmem, version as systemVersion } from 'node:os'
import { join } from 'node:path'
import type { Connection } from '@shared/contract'
import { crashDumps } from '../system'
import type { DiagnosticsDeps } from './types'
import { lastLogErrors } from './logs'

const failuresMost = 20

/** Settings of a connection that say of what kind it is; all others may be private. */
const kinds = new Set(['kind', 'signIn', 'transport', 'auth', 'region', 'site', 'generation', 'pathStyle'])

/** What a report says, as values. */
export async function gatherFacts(deps: DiagnosticsDeps) {
  const { history, connections, library, desk, dataDir, run, version } = deps
  const { electron, chrome, node, v8, modules } = process.versions
  return {
    version,
    shell: desk.dialogs === null ? 'browser' : 'desktop',
    safeMode: run.safeMode ?? 'no',
    runtime: { electron: electron ?? 'none', chromium: chrome ?? 'none', node, v8, modules },
    system: {
      platform: process.platform,
      arch: arch(),
      release: release(),
      name: systemVersion(),
      cpus: cpus().length,
      memory: totalmem(),
      free: freemem(),
      locale: Intl.DateTimeFormat().resolvedOptions().locale,
      uptime: Math.round(process.uptime()),
    },
    capabilities: desk.capabilities,
    keychain: await connections.keychain(),
    schema: history.survey.schema,
    data: { path: dataDir, files: dataFiles(dataDir) },
    library: await library.status(),
    jobs: history.survey.states(),
    failures: history.survey.failures(failuresMost),
    connections: connections.list().map(kindOf),
    logErrors: lastLogErrors(dataDir, failuresMost),
    dumps: crashDumps(dataDir),
    settings: history.settings.get(),
  }
}
export type Facts = Awaited<ReturnType<typeof gatherFacts>>

/** Of an account what kind it is: no label, no key, and of an address neither who signs in nor where it leads. */
function kindOf({ provider, enabled, settings, secrets }: Connection) {
  return {
    provider,
    enabled,
    secrets: secrets.map(({ kept }) => kept),
    settings: Object.fromEntries(
      Object.entries(settings).flatMap(([name, value]) => {
        if (kinds.has(name) && /^[\w-]{1,32}$/.test(String(value))) return [[name, String(value)]]
        const origin = typeof value === 'string' && /^https?:/i.test(value) ? originOf(value) : null
        return origin === null ? [] : [[name, origin]]
      }),
    ),
  }
}

function originOf(address: string): string | null {
  return URL.canParse(address) ? new URL(address).origin : null
}

/** The database and the files beside it, by size; folders of ours by their names alone. */
function dataFiles(dataDir: string): { name: string; bytes: number | null }[] {
  try {
    return readdirSync(dataDir, { withFileTypes: true })
      .filter(({ name }) =>
        /^(history\.db.*|logs|cache|assets|backups|damaged|spool|held|crashes)$/.test(name),
      )
      .map((entry) => ({
        name: entry.name,
        bytes: entry.isFile()
          ? (statSync(join(dataDir, entry.name), { throwIfNoEntry: false })?.size ?? 0)
          : null,
      }))
  } catch {
    return []
  }
}
