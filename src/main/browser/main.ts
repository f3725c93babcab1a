import { join } from 'node:path'

// Nothing of ours may be imported at the top: native modules end an older Node without a word.
const oldest = 24
if (Number(process.versions.node.split('.')[0]) < oldest) {
  process.stderr.write(
    `Dailies needs Node ${oldest} or later; this is ${process.versions.node}. Start it with “npm start”, which brings its own.\n`,
  )
  process.exitCode = 1
} else {
  const { run } = await import('./run')
  await run(process.argv.slice(2), join(import.meta.dirname, '..', 'renderer'))
}
