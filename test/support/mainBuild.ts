import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'

const root = join(import.meta.dirname, '..', '..')

/**
 * Builds one entry of main as the program is built, into a folder of its own that finds the project's packages.
 * Answers the path of the built entry and a function that removes it.
 */
export async function buildMain(entry: string): Promise<{ path: string; remove(): void }> {
  const outDir = join(root, 'node_modules', '.cache', 'dailies-test', String(process.pid), 'main')
  await build({
    configFile: false,
    root,
    logLevel: 'error',
    resolve: { alias: { '@shared': join(root, 'src', 'shared') } },
    build: {
      ssr: true,
      target: 'node24',
      outDir,
      emptyOutDir: true,
      rolldownOptions: {
        input: { entry: join(root, entry) },
        output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  })
  return {
    path: join(outDir, 'entry.js'),
    remove: () => rmSync(join(outDir, '..'), { recursive: true, force: true }),
  }
}
