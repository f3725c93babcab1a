import { constants } from 'node:fs'
import { copyFile, open, realpath, rm, stat } from 'node:fs/promises'
import { basename, extname, isAbsolute, join, relative, sep } from 'node:path'
import { StudioError, type ProblemKey } from '@shared/problems'
import { exists, place } from './files'
import { staysInside } from './inside'

/** The path as typed by a person, refused unless it says the whole way. */
export function wholePath(path: string, otherwise: ProblemKey): string {
  if (!isAbsolute(path) || path.includes('\0')) throw new StudioError('invalid_request', otherwise)
  return path
}

/**
 * Copies `from` to `to`, or into the folder `to`, under a name that is free there: nothing is ever overwritten and no
 * half copy is left. Answers the path it got.
 */
export async function copyOut(from: string, to: string): Promise<string> {
  const folder = await stat(to).then(
    (found) => found.isDirectory(),
    () => false,
  )
  const wanted = folder ? join(to, basename(from)) : to
  const extension = extname(wanted) || extname(from)
  const stem = extname(wanted) === '' ? wanted : wanted.slice(0, -extension.length)
  for (let number = 1; ; number += 1) {
    const target = number === 1 ? `${stem}${extension}` : `${stem} ${number}${extension}`
    if (await exists(target)) continue
    if (await copyTo(from, target)) return target
  }
}

/** A durable copy; false when the name is taken by the time it is whole. */
export async function copyTo(from: string, target: string): Promise<boolean> {
  const part = `${target}.part`
  try {
    await copyFile(from, part, constants.COPYFILE_FICLONE)
    const file = await open(part, 'r+')
    try {
      await file.sync()
    } finally {
      await file.close()
    }
    if (await place(part, target)) return true
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined)
    throw error
  }
  await rm(part, { force: true })
  return false
}

/** Where an existing file lies below `root`, with forward slashes; null when it does not, or not by a plain path. */
export async function relativeTo(root: string, file: string): Promise<string | null> {
  const base = await realpath(root).catch(() => null)
  if (base === null) return null
  const path = relative(base, await realpath(file))
    .split(sep)
    .join('/')
  return staysInside(path) ? path : null
}
