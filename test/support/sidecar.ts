import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const clip = readFileSync(join(import.meta.dirname, '..', 'fixtures', 'clip.mp4'))

/** A finished video of the animatic as a library brings it from another computer: the file, and what its sidecar says. */
export interface Brought {
  library: string
  id: string
  /** Of both files, without their endings. */
  name?: string
  prompt: string
  params?: Record<string, unknown>
  seed?: number | null
  favourite?: boolean
}

/** Lays it into the library's folder of November 2026. */
export function bringVideo(brought: Brought): void {
  const { library, id, name = id, prompt, params = {}, seed = null, favourite = false } = brought
  const month = join(library, '2026-11')
  mkdirSync(month, { recursive: true })
  writeFileSync(join(month, `${name}.mp4`), clip)
  const sidecar = {
    dailies: 1,
    id,
    batchId: null,
    retryOf: null,
    prompt,
    provider: 'animatic',
    model: 'animatic',
    params,
    seed,
    inputs: [],
    connectionId: null,
    endpoint: null,
    providerJobId: null,
    estimate: null,
    priceDate: null,
    cost: null,
    costKind: null,
    charged: 'no',
    createdAt: '2026-11-20T10:00:00.000Z',
    finishedAt: '2026-11-20T10:01:00.000Z',
    favourite,
    video: {
      bytes: clip.byteLength,
      sha256: createHash('sha256').update(clip).digest('hex'),
      width: 160,
      height: 96,
      fps: 24,
      durationMs: 1000,
    },
  }
  writeFileSync(join(month, `${name}.json`), JSON.stringify(sidecar))
}
