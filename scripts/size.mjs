// The budget of the page's first JavaScript: what index.html loads before anything is clicked, gzip-compressed.
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'

const limit = 200_000
const page = join(import.meta.dirname, '..', 'out', 'renderer')
const html = readFileSync(join(page, 'index.html'), 'utf8')

/** Follows the static imports of a built chunk, so that nothing loaded at once is left out. */
function collect(path, seen) {
  if (seen.has(path)) return
  seen.add(path)
  const code = readFileSync(path, 'utf8')
  for (const [, name] of code.matchAll(/(?:^|[;}\s])(?:import|export)[^'"()]*?['"](\.[^'"]+\.js)['"]/g)) {
    collect(join(dirname(path), name), seen)
  }
}

const seen = new Set()
for (const [, name] of html.matchAll(/(?:src|href)="([^"]+\.js)"/g)) collect(join(page, name), seen)
const bytes = [...seen].reduce((sum, path) => sum + gzipSync(readFileSync(path)).length, 0)
console.log(`First JavaScript: ${(bytes / 1000).toFixed(1)} kB of ${limit / 1000} kB, ${seen.size} files`)
process.exit(seen.size > 0 && bytes <= limit ? 0 : 1)
