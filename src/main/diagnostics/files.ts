import { readFile } from 'node:fs/promises'
import { setImmediate } from 'node:timers/promises'
import type { DiagnosticsChoice } from '@shared/contract'
import { crashDumps } from '../system'
import { gatherFacts } from './facts'
import { homeless } from './homeless'
import { jobsOf, recordsOf } from './jobs'
import { logFiles } from './logs'
import { writeReport } from './report'
import type { DiagnosticsDeps } from './types'
import { mapStrings, wordless } from './wordless'
import type { ZipFile } from './zip'

/** Lines of the log that are gone through before others get their turn. */
const linesAtOnce = 2_000

/** The report as it may be handed on. */
export async function reportOf(deps: DiagnosticsDeps): Promise<string> {
  const { clean, surroundings } = deps
  return clean(homeless(surroundings.home)(writeReport(await gatherFacts(deps))))
}

/** The files of a support bundle, each cleaned of secrets, of the person's name, and of words they did not tick. */
export async function bundleFiles(deps: DiagnosticsDeps, choice: DiagnosticsChoice): Promise<ZipFile[]> {
  const { clean, surroundings, history, dataDir } = deps
  const withoutHome = homeless(surroundings.home)
  const withoutWords = choice.prompts ? (text: string) => text : wordless(history.survey.texts())
  const last = (text: string) => Buffer.from(clean(withoutHome(text)))
  const json = (value: unknown) => last(`${JSON.stringify(value, null, 1)}\n`)

  const files: ZipFile[] = [
    { name: 'diagnostics.txt', bytes: Buffer.from(await reportOf(deps)) },
    { name: 'settings.json', bytes: json(history.settings.get()) },
    { name: 'jobs.json', bytes: json(mapStrings(jobsOf(deps, choice), withoutWords)) },
  ]
  if (choice.records) {
    files.push({ name: 'records.json', bytes: json(mapStrings(recordsOf(deps), withoutWords)) })
  }
  for (const { name, text } of logFiles(dataDir)) {
    const lines = text.split('\n')
    for (let at = 0; at < lines.length; at += linesAtOnce) {
      for (const [by, line] of lines.slice(at, at + linesAtOnce).entries()) {
        lines[at + by] = withoutWordsIn(line, withoutWords)
      }
      await setImmediate()
    }
    files.push({ name: `logs/${name}`, bytes: last(lines.join('\n')) })
  }
  if (choice.dumps) {
    for (const { name, path } of crashDumps(dataDir)) {
      files.push({ name: `crashes/${name}`, bytes: await readFile(path) })
    }
  }
  return files
}

/** A line of the log, read as the JSON it is, so that no escape hides a word. */
function withoutWordsIn(line: string, change: (text: string) => string): string {
  if (line === '') return line
  try {
    return JSON.stringify(mapStrings(JSON.parse(line), change))
  } catch {
    return change(line)
  }
}
