import { constants } from 'node:fs'
import { access, rm, stat, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { LibraryStatus } from '@shared/contract'
import { StudioError } from '@shared/problems'
import { makeFolder } from './files'

/** Below this a video hardly fits. */
const leastFreeBytes = 64 * 1024 * 1024

/** What can be said of a folder as the place for videos. Raises nothing. */
export async function folderState(path: string): Promise<Pick<LibraryStatus, 'state' | 'freeBytes'>> {
  try {
    if (!(await stat(path)).isDirectory()) return { state: 'missing', freeBytes: null }
    const room = await statfs(path)
    const freeBytes = room.bavail * room.bsize
    const writable = await access(path, constants.W_OK | constants.X_OK).then(
      () => true,
      () => false,
    )
    if (!writable) return { state: 'not_writable', freeBytes }
    return { state: freeBytes < leastFreeBytes ? 'full' : 'ready', freeBytes }
  } catch {
    return { state: 'missing', freeBytes: null }
  }
}

/** Makes a folder and proves that files can be written in it; raises `library.folderUnusable`. */
export async function makeUsable(path: string): Promise<void> {
  const proof = join(path, `.dailies-${process.pid}`)
  try {
    makeFolder(path)
    await writeFile(proof, '')
    await rm(proof)
  } catch (error) {
    throw new StudioError('invalid_request', 'library.folderUnusable', { values: { path }, cause: error })
  }
}
