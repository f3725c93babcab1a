import { VideoFile } from '@shared/contract'
import type { Dirent } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { History } from '../history'
import type { Folders } from './folders'
import { inside } from './inside'
import { adopted, readSidecar } from './sidecar'

/** How far below the library folder sidecars are looked for: a person may sort months into folders. */
const deepest = 4

export interface Rebuilt {
  found: number
  added: number
  unreadable: number
  /** Ids of the jobs that were added. */
  ids: string[]
  /** Jobs whose video was moved, sidecar and all, to another place in a library folder. */
  moved: { id: string; outputPath: string }[]
}

/**
 * Reads the sidecars of all library folders back into the history. A video must be there and have the length its
 * sidecar tells; what cannot be read is counted and passed over.
 */
export async function rebuildFrom(folders: Folders, jobs: History['jobs']): Promise<Rebuilt> {
  const result: Rebuilt = { found: 0, added: 0, unreadable: 0, ids: [], moved: [] }
  for (const root of folders.all()) {
    for await (const path of sidecarsBelow(root, '', 0)) await take(root, path, folders, jobs, result)
  }
  return result
}

async function take(
  root: string,
  path: string,
  folders: Folders,
  jobs: History['jobs'],
  result: Rebuilt,
): Promise<void> {
  const real = await inside(root, path).catch(() => null)
  const sidecar = real === null ? 'broken' : await readSidecar(real).catch(() => 'broken' as const)
  if (sidecar === 'foreign') return
  result.found += 1
  const named = VideoFile.options.map((ending) => path.replace(/\.json$/i, `.${ending}`))
  const places = await Promise.all(named.map((one) => inside(root, one).catch(() => null)))
  const at = Math.max(
    0,
    places.findIndex((place) => place !== null),
  )
  const outputPath = named[at] ?? path
  const video = sidecar === 'broken' ? null : (places[at] ?? null)
  const size = video === null ? null : (await stat(video).catch(() => null))?.size
  if (sidecar === 'broken' || size !== sidecar.video.bytes) {
    result.unreadable += 1
    return
  }
  if (jobs.adopt(adopted(sidecar, outputPath))) {
    result.added += 1
    result.ids.push(sidecar.id)
    return
  }
  const known = jobs.get(sidecar.id)
  const lost = known?.outputPath != null && (await folders.find(known.outputPath)) === null
  if (lost && known.sha256 === sidecar.video.sha256) result.moved.push({ id: sidecar.id, outputPath })
}

async function* sidecarsBelow(root: string, folder: string, depth: number): AsyncGenerator<string> {
  let entries: Dirent[]
  try {
    entries = await readdir(join(root, folder), { withFileTypes: true })
  } catch {
    return
  }
  for (const entry of entries) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (entry.isDirectory() && depth < deepest) yield* sidecarsBelow(root, path, depth + 1)
    else if (entry.isFile() && /\.json$/i.test(entry.name)) yield path
  }
}
