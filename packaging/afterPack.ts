import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Arch, type AfterPackContext } from 'electron-builder'
import { readAsar } from './asar'
import { judge, packedFiles, sizes } from './contents'
import type { Lock } from './runtime'

const root = join(import.meta.dirname, '..')

/**
 * Runs when a package lies on the disk and before it is signed: a package with a file too many, or without its native
 * parts, is never made. Prints what each part of it weighs.
 */
export function afterPack(context: AfterPackContext): void {
  const resources = context.packager.getResourcesDir(context.appOutDir)
  const files = packedFiles(readAsar(join(resources, 'app.asar')))
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock
  const target = { platform: context.electronPlatformName, arch: Arch[context.arch] }
  const { unexpected, missing, locked } = judge(files, lock, target)
  if (unexpected.length + missing.length + locked.length > 0) {
    throw new Error(
      [
        `The package for ${target.platform}-${target.arch} is not as it should be.`,
        ...unexpected.map((path) => `  too much: ${path}`),
        ...missing.map(
          (pattern) => `  not there: ${pattern} (npm install --os ${target.platform} --cpu ${target.arch})`,
        ),
        ...locked.map((path) => `  inside the archive: ${path}`),
      ].join('\n'),
    )
  }
  const parts = sizes(files)
  const all = parts.reduce((sum, [, bytes]) => sum + bytes, 0)
  process.stdout.write(`  Dailies without Electron: ${megabytes(all)} in ${files.length} files\n`)
  for (const [part, bytes] of parts.slice(0, 12)) process.stdout.write(`  ${megabytes(bytes)}  ${part}\n`)
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1).padStart(6)} MB`
