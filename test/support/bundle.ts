import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { build } from 'vite'

const root = resolve(import.meta.dirname, '..', '..')

/** A bundled program, ready for `node`. */
export interface Bundle {
  file: string
  remove(): void
}

/** Bundles a TypeScript entry of this repository for Node, so that a test can run it as a process of its own. */
export async function bundle(entry: string): Promise<Bundle> {
  const folder = mkdtempSync(join(tmpdir(), 'dailies-bundle-'))
  // Packages stay outside of the bundle and are found from here.
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction')
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    resolve: { alias: { '@shared': join(root, 'src', 'shared') } },
    build: { ssr: entry, outDir: folder, emptyOutDir: false, target: 'node24', minify: false },
  })
  return {
    file: join(folder, basename(entry).replace(/\.ts$/, '.js')),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
