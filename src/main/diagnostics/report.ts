import type { Facts } from './facts'

/** The report in plain English text: it is read by whoever helps, whatever the person's own language is. */
export function writeReport(facts: Facts): string {
  const { system, runtime, settings } = facts
  const sections: [string, string[]][] = [
    [
      'Dailies',
      [
        `version ${facts.version}, ${facts.shell} shell, safe mode: ${facts.safeMode}`,
        `Electron ${runtime.electron}, Chromium ${runtime.chromium}, Node ${runtime.node}, V8 ${runtime.v8}, ABI ${runtime.modules}`,
        `running for ${system.uptime} s`,
      ],
    ],
    [
      'System',
      [
        `${system.platform} ${system.arch}, ${system.release}`,
        system.name,
        `${system.cpus} processors, ${mb(system.free)} of ${mb(system.memory)} memory free, locale ${system.locale}`,
        `keychain: ${facts.keychain}`,
        `capabilities: ${listed(facts.capabilities)}`,
      ],
    ],
    [
      'Data',
      [
        `${facts.data.path}, tables of version ${facts.schema}`,
        ...facts.data.files.map(({ name, bytes }) => (bytes === null ? `${name}/` : `${name}: ${mb(bytes)}`)),
        `library: ${facts.library.path}, ${facts.library.state}, ${facts.library.videos} videos, ${mb(facts.library.bytes)}, ` +
          `${facts.library.freeBytes === null ? 'unknown space' : mb(facts.library.freeBytes)} free`,
      ],
    ],
    [
      'Settings',
      [
        `language ${settings.language}, theme ${settings.theme}, proxy ${settings.proxyMode}, ` +
          `queue ${settings.queuePaused ? 'paused' : 'going'}, assistant ${settings.assistant ? 'on' : 'off'}, ` +
          `previews ${settings.hoverPreviews ? 'on' : 'off'}`,
      ],
    ],
    ['Jobs by state', facts.jobs.map(({ state, count }) => `${state}: ${count}`)],
    [
      'Connections',
      facts.connections.map(
        ({ provider, enabled, secrets, settings: known }) =>
          `${provider}, ${enabled ? 'on' : 'off'}, ${secrets.length} secrets (${secrets.join(', ')})${known === undefined || Object.keys(known).length === 0 ? '' : `, ${listed(known)}`}`,
      ),
    ],
    [
      'Last errors of jobs',
      facts.failures.map(
        ({ code, key, count, last }) => `${new Date(last).toISOString()} ${code} ${key} ×${count}`,
      ),
    ],
    [
      'Last errors in the log',
      facts.logErrors.map(
        ({ what, code, count, last }) => `${last} ${what}${code === '' ? '' : ` (${code})`} ×${count}`,
      ),
    ],
    [
      'Crash dumps',
      facts.dumps.map(({ name, bytes, at }) => `${new Date(at).toISOString()} ${name}, ${mb(bytes)}`),
    ],
  ]
  return `${sections.map(([title, lines]) => `${title}\n${(lines.length === 0 ? ['none'] : lines).map((line) => `  ${line}`).join('\n')}`).join('\n\n')}\n`
}

function mb(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`
}

function listed(values: Record<string, unknown>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(', ')
}
