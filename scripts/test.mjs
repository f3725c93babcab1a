// npm test: everything this machine can run; what it cannot run is named with the reason and the remedy.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { provideChromium, provideElectron, provideSecretService, versionOf } from './lib/machine.mjs'
import { requireNode24 } from './lib/node.mjs'
import { run } from './lib/run.mjs'

requireNode24()
const root = join(import.meta.dirname, '..')
process.chdir(root)
const results = join(root, 'test-results')
rmSync(results, { recursive: true, force: true })
mkdirSync(results, { recursive: true })

const notRun = []
const totals = { passed: 0, failed: 0, skipped: 0 }

/** Runs one vitest project and adds up its counts; `wrap` puts another program in front. */
async function project(name, env = {}, wrap = (command, args) => [command, args]) {
  const file = join(results, `${name}.json`)
  const [command, args] = wrap(process.execPath, [
    join(root, 'node_modules', 'vitest', 'vitest.mjs'),
    'run',
    '--project',
    name,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
    ...process.argv.slice(2),
  ])
  const code = await run(command, args, { env: { ...process.env, ...env }, shell: false })
  let counted = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numFailedTestSuites: 0 }
  try {
    counted = JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    counted.numFailedTests = 1
  }
  totals.passed += counted.numPassedTests
  // A file that fails before its first test, or a run that ends badly, must not read as green.
  totals.failed += counted.numFailedTests || (code === 0 ? 0 : 1)
  totals.skipped += counted.numPendingTests
}

console.log('Building …')
if (
  (await run(process.execPath, [
    join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js'),
    'build',
    '--logLevel',
    'warn',
  ])) !== 0
) {
  console.log('The build failed.')
  process.exit(1)
}

await project('unit')

const chromium = await provideChromium()
if (chromium.path) {
  console.log(`Chromium: ${chromium.path} (${versionOf(chromium.path)})`)
  await project('e2e', { DAILIES_CHROMIUM: chromium.path })
  await project('desktop', { DAILIES_CHROMIUM: chromium.path })
} else {
  notRun.push(['The page in a real browser (test/e2e)', chromium.missing])
  notRun.push([
    'The desktop program on the double of Electron, and its package (test/desktop/flows, test/packaging)',
    chromium.missing,
  ])
}

const electron = await provideElectron()
if (electron.missing) {
  notRun.push(['The desktop program in a real Electron (test/electron)', electron.missing])
} else {
  console.log(`Electron: ${electron.path}`)
  await project('electron', {}, electron.wrap)
}

const keychain = await provideSecretService()
if (keychain.missing) {
  notRun.push(['The system keychain (test/keychain)', keychain.missing])
} else {
  const home = mkdtempSync(join(tmpdir(), 'dailies-keychain-'))
  try {
    await project(
      'keychain',
      { HOME: home, XDG_DATA_HOME: join(home, 'share'), XDG_RUNTIME_DIR: home },
      (command, args) => [
        'dbus-run-session',
        [
          '--',
          'sh',
          '-c',
          'printf test | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; exec "$0" "$@"',
          command,
          ...args,
        ],
      ],
    )
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

for (const [what, why] of notRun) console.log(`Not run: ${what}. ${why}`)
writeFileSync(join(results, 'totals.json'), JSON.stringify({ ...totals, notRun }))
const skipped = totals.skipped > 0 ? `, ${totals.skipped} skipped` : ''
console.log(`${totals.passed} passed, ${totals.failed} failed${skipped}`)
process.exit(totals.failed > 0 || totals.passed === 0 ? 1 : 0)
