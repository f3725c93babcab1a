// npm run bench: one table of the budgets, each figure beside its target.
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { provideChromium } from './lib/machine.mjs'
import { requireNode24 } from './lib/node.mjs'
import { run } from './lib/run.mjs'

requireNode24()
const root = join(import.meta.dirname, '..')
process.chdir(root)
await run(process.execPath, [
  join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js'),
  'build',
  '--logLevel',
  'warn',
])

const out = mkdtempSync(join(tmpdir(), 'dailies-bench-'))
let code = 1
try {
  symlinkSync(join(root, 'node_modules'), join(out, 'node_modules'), 'junction')
  await build({
    configFile: false,
    logLevel: 'warn',
    resolve: { alias: { '@shared': join(root, 'src', 'shared') } },
    build: {
      ssr: true,
      outDir: out,
      emptyOutDir: false,
      target: 'node24',
      rolldownOptions: {
        input: {
          main: join(root, 'test', 'bench', 'main.ts'),
          // Measured from outside: a process of its own.
          aws: join(root, 'test', 'simulators', 'aws', 'child.ts'),
          answer: join(root, 'test', 'bench', 'answerChild.ts'),
        },
      },
    },
  })
  const chromium = await provideChromium()
  code = await run(process.execPath, [join(out, 'main.js'), ...process.argv.slice(2)], {
    env: { ...process.env, ...(chromium.path ? { DAILIES_CHROMIUM: chromium.path } : {}) },
  })
} finally {
  rmSync(out, { recursive: true, force: true })
}
process.exit(code)
