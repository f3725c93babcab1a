import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { VideoFile } from '@shared/contract'
import type { JobRecord } from '../history'
import { fileStem, monthOf, nameBudget } from './names'

const endings = VideoFile.options

/**
 * A free path for a job's video, `2026-11/name.mp4` or, with `file` so, `.mov`. Free means: no file of any library folder, no path for which
 * `taken` answers true, and none of their sidecars has this name, letters compared without their case.
 */
export function planPath(
  job: Pick<JobRecord, 'id' | 'model' | 'prompt' | 'params' | 'createdAt'>,
  template: string,
  roots: readonly string[],
  taken: (path: string) => boolean,
  file: VideoFile = 'mp4',
): string {
  const month = monthOf(job.createdAt)
  const longest = Math.max(...roots.map((root) => join(root, month).length + 1))
  const seed = job.params['seed']
  const stem = fileStem(
    template,
    {
      at: job.createdAt,
      model: job.model,
      prompt: job.prompt,
      seed: typeof seed === 'number' || typeof seed === 'string' ? String(seed) : '',
      id: job.id,
    },
    nameBudget(longest),
  )
  const used = new Set(roots.flatMap((root) => namesIn(join(root, month))))
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? stem : `${stem} ${number}`
    // A sidecar belongs to the one video of its name, whatever that ends in.
    const names = [
      ...endings.flatMap((ending) => [`${name}.${ending}`, `${name}.${ending}.part`]),
      `${name}.json`,
    ]
    if (names.some((one) => used.has(folded(one)))) continue
    if (endings.some((ending) => taken(`${month}/${name}.${ending}`))) continue
    return `${month}/${name}.${file}`
  }
}

/** How names compare where case and the way of writing accents do not count (Windows, macOS). */
function folded(name: string): string {
  return name.normalize('NFC').toLowerCase()
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).map(folded)
  } catch {
    return []
  }
}
