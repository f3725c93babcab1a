import { constants, existsSync, mkdirSync } from 'node:fs'
import { link, lstat, open, rename, rm, type FileHandle } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Opens a file for reading and writing, made when absent; never through a link. */
export function openOwn(path: string): Promise<FileHandle> {
  // Windows knows no O_NOFOLLOW.
  const noFollow: number | undefined = constants.O_NOFOLLOW
  return open(path, constants.O_RDWR | constants.O_CREAT | (noFollow ?? 0), 0o644)
}

/** Writes all of the pieces, one after the other, from `position` on. */
export async function writeAll(file: FileHandle, pieces: Uint8Array[], position: number): Promise<void> {
  let at = position
  for (let rest = pieces; rest.length > 0;) {
    const { bytesWritten } = await file.writev(rest, at)
    at += bytesWritten
    rest = after(rest, bytesWritten)
  }
}

/** The pieces without their first `bytes`. */
function after(pieces: Uint8Array[], bytes: number): Uint8Array[] {
  let left = bytes
  const rest = pieces.map((piece) => {
    const gone = Math.min(left, piece.byteLength)
    left -= gone
    return piece.subarray(gone)
  })
  return rest.filter(({ byteLength }) => byteLength > 0)
}

/** Makes the names in a folder survive a power cut, where the system can do that. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } catch (error) {
    // Some network and FUSE file systems have no fsync for folders.
    const code = (error as NodeJS.ErrnoException).code
    if (code !== 'EINVAL' && code !== 'ENOTSUP') throw error
  } finally {
    await handle.close()
  }
}

let drafts = 0

/** Writes a small file so that it is either whole or not there, replacing what was there. */
export async function writeDurably(path: string, bytes: Uint8Array | string): Promise<void> {
  // Two writers of one file must not share their draft.
  const draft = `${path}.${process.pid}-${(drafts += 1)}.tmp`
  try {
    const handle = await open(draft, 'w', 0o644)
    try {
      await handle.writeFile(bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(draft, path)
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined)
    throw error
  }
  await syncFolder(dirname(path))
}

/** Gives a file its final name. False, and nothing is changed, when that name is taken. */
export async function place(part: string, target: string): Promise<boolean> {
  try {
    await link(part, target)
    await rm(part)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'EEXIST') return false
    // File systems without hard links (FAT, some network drives): look first, then rename.
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EINVAL'].includes(code ?? '')) throw error
    if (await exists(target)) return false
    await rename(part, target)
  }
  await syncFolder(dirname(target))
  return true
}

/**
 * Makes a folder and those above it that are missing. Node's own recursive way never returns where a parent is there
 * but takes no folders (`/proc`).
 */
export function makeFolder(path: string): void {
  if (existsSync(path)) return
  const parent = dirname(path)
  if (parent !== path) makeFolder(parent)
  mkdirSync(path)
}

/** Whether anything has this name, a broken link too. */
export async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  )
}
