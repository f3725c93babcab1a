import { writeFile } from 'node:fs/promises'
import type { DiagnosticsChoice } from '@shared/contract'
import { StudioError } from '@shared/problems'
import { crashDumps } from '../system'
import { bundleFiles, reportOf } from './files'
import { logFolder } from './logs'
import type { Diagnostics, DiagnosticsDeps, Prepared } from './types'
import { zip } from './zip'

/** A bundle that nobody asked for again does not stay in memory. */
const keptMs = 15 * 60_000

/** Makes the diagnostics of one studio. */
export function createDiagnostics(deps: DiagnosticsDeps): Diagnostics {
  const { clock, random, desk, dataDir, log } = deps
  let kept: (Prepared & { archive: Buffer<ArrayBuffer> }) | null = null
  let forget = () => {}
  const underWay = new Map<string, Promise<unknown>>()

  /** Whoever asks for the same while it is being made gets the same: it goes through all logs. */
  async function together<T>(what: string, make: () => Promise<T>): Promise<T> {
    const before = underWay.get(what)
    if (before) return (await before) as T
    const made = make().finally(() => underWay.delete(what))
    underWay.set(what, made)
    return made
  }

  function bundle(id: string) {
    if (kept?.id !== id) throw new StudioError('not_found', 'diagnostics.gone')
    return kept
  }

  async function pack(choice: DiagnosticsChoice): Promise<Prepared> {
    const now = clock.now()
    const files = await bundleFiles(deps, choice)
    const archive = await zip(files, now)
    const prepared: Prepared = {
      id: random.id(now),
      name: `dailies-support-${new Date(now).toISOString().slice(0, 19).replaceAll(':', '-')}.zip`,
      files: files.map(({ name, bytes }) => ({ name, bytes: bytes.byteLength })),
      bytes: archive.byteLength,
    }
    kept = { ...prepared, archive }
    forget()
    forget = clock.after(keptMs, () => (kept = null))
    return prepared
  }

  return {
    report: () =>
      together('report', async () => ({ text: await reportOf(deps), dumps: crashDumps(dataDir).length })),
    prepare: (choice) => together(JSON.stringify(choice), () => pack(choice)),
    archive: (id) => bundle(id),
    async save(id) {
      const { name, archive } = bundle(id)
      if (!desk.dialogs) throw new StudioError('unavailable', 'desk.unavailable')
      const path = await desk.dialogs.saveAs(name)
      if (path === null) return null
      try {
        await writeFile(path, archive)
      } catch (cause) {
        log.warn({ err: cause }, 'a support bundle could not be written')
        throw new StudioError('storage', 'diagnostics.notWritten', { cause })
      }
      return { path }
    },
    openLogs: () => desk.open(logFolder(dataDir)),
    async close() {
      forget()
      await Promise.allSettled(underWay.values())
      forget()
    },
  }
}
