import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Marks the fuses in Electron's binary: then a version, how many there are, and for each `0`, `1` or `r` (removed). */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'

/** Electron's fuses in their order in the binary. */
const names = [
  'runAsNode',
  'cookieEncryption',
  'nodeOptions',
  'nodeCliInspect',
  'asarIntegrity',
  'onlyLoadAppFromAsar',
  'browserProcessV8Snapshot',
  'fileProtocolExtraPrivileges',
  'wasmTrapHandlers',
] as const

/** As Electron 45 leaves the factory. */
const factory = '101100011'

/** Makes a folder laid out as Electron's own for Linux, with a program that does nothing but carries the fuses. */
export function stubElectron(folder: string, version: string): string {
  mkdirSync(join(folder, 'resources'), { recursive: true })
  mkdirSync(join(folder, 'locales'))
  for (const locale of ['en-US', 'zh-CN', 'de']) writeFileSync(join(folder, 'locales', `${locale}.pak`), '')
  for (const name of ['LICENSE', 'LICENSES.chromium.html']) writeFileSync(join(folder, name), name)
  writeFileSync(join(folder, 'version'), version)
  writeFileSync(join(folder, 'chrome-sandbox'), '#!/bin/sh\n', { mode: 0o755 })
  const program = Buffer.concat([
    Buffer.from(`#!/bin/sh\nexit 0\n${sentinel}`),
    Buffer.from([1, factory.length]),
    Buffer.from(factory),
  ])
  writeFileSync(join(folder, 'electron'), program, { mode: 0o755 })
  return folder
}

/** The fuses as they stand in a binary. Throws where it carries none. */
export function fusesOf(binary: Buffer): Record<string, boolean> {
  const at = binary.indexOf(sentinel)
  if (at < 0) throw new Error('The binary carries no fuses.')
  const states = binary.subarray(at + sentinel.length + 2).toString('latin1')
  return Object.fromEntries(names.map((name, index) => [name, states[index] === '1']))
}
