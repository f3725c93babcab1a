// node scripts/release.mjs packages release: what the machines packed, in one folder, with one feed a system, and notes.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parse, stringify } from 'yaml'
import { changesOf, mergeFeeds } from '../packaging/feed.ts'

const [from, to] = process.argv.slice(2)
if (!from || !to) throw new Error('node scripts/release.mjs <packages> <release>')
mkdirSync(to, { recursive: true })

const feeds = new Map()
for (const entry of readdirSync(from, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) continue
  const path = join(entry.parentPath, entry.name)
  const name = basename(entry.name)
  if (/^latest.*\.yml$/.test(name))
    feeds.set(name, [...(feeds.get(name) ?? []), parse(readFileSync(path, 'utf8'))])
  else copyFileSync(path, join(to, name))
}
for (const [name, parts] of feeds) writeFileSync(join(to, name), stringify(mergeFeeds(parts)))

const root = join(import.meta.dirname, '..')
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const unsigned = [
  ...(process.env.MAC_SIGNED === 'true' ? [] : ['macOS']),
  ...(process.env.WINDOWS_SIGNED === 'true' ? [] : ['Windows']),
]
const warning =
  unsigned.length === 0
    ? ''
    : `\n\nThe packages for ${unsigned.join(' and ')} are not signed: the README says what the system will ask, under Install.`
writeFileSync(
  'notes.md',
  `${changesOf(readFileSync(join(root, 'CHANGELOG.md'), 'utf8'), version)}${warning}\n`,
)
