// npm run package: builds Dailies and packs it for this system; everything after `--` goes to electron-builder.
// `npm run package -- --dir` leaves it unpacked, to look at; the variant for Playwright is made with --for-tests.
import { join } from 'node:path'
import { requireNode24 } from './lib/node.mjs'
import { run } from './lib/run.mjs'

requireNode24()
const root = join(import.meta.dirname, '..')
process.chdir(root)

const forTests = process.argv.includes('--for-tests')
const args = process.argv.slice(2).filter((arg) => arg !== '--for-tests')
const modules = join(root, 'node_modules')
const env = { ...process.env, ...(forTests ? { DAILIES_PACKAGE: 'e2e' } : {}) }
// A secret that a repository does not have arrives empty, and an empty certificate is none.
for (const name of Object.keys(env)) {
  if (/^(WIN_)?CSC_|^APPLE_/.test(name) && env[name] === '') delete env[name]
}
const certificate = process.platform === 'win32' ? (env.WIN_CSC_LINK ?? env.CSC_LINK) : env.CSC_LINK
if (process.platform !== 'linux' && !certificate) {
  process.stdout.write(
    'There is no certificate: the package is not signed, and the system will ask before it opens.\n',
  )
}

const vite = join(modules, 'electron-vite', 'bin', 'electron-vite.js')
const built = await run(process.execPath, [vite, 'build', '--logLevel', 'warn'], { shell: false })
if (built !== 0) process.exit(built)
const builder = join(modules, 'electron-builder', 'out', 'cli', 'cli.js')
process.exit(await run(process.execPath, [builder, '--publish', 'never', ...args], { env, shell: false }))
