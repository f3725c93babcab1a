import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { providerError } from '../../wire'
import type { Call } from '../types'
import { masksOf, Motion } from './motion'

/** What of a job's parameters speaks of its images. */
const Painted = z.object({ motion: Motion.optional() })

/**
 * Reads the images of a job as bare base64, by the ids of their assets. Throws a `ProviderError`, not sent, where one is gone
 * or where what was painted does not belong to the first frame.
 */
export async function readImages({
  job,
  assets,
}: Pick<Call, 'job' | 'assets'>): Promise<(id: string) => string> {
  checkMotion(job, assets)
  const images = new Map<string, string>()
  for (const { asset, path } of assets) {
    const bytes = await readFile(path).catch((error: unknown) => {
      throw providerError('invalid_request', 'asset.notFound', {}, error)
    })
    images.set(asset.id, bytes.toString('base64'))
  }
  return (id) => {
    const image = images.get(id)
    if (image === undefined) throw providerError('invalid_request', 'asset.notFound')
    return image
  }
}

/** Masks of another size, or paths beyond the picture, make a task that is begun and fails. */
function checkMotion(job: Call['job'], assets: Call['assets']): void {
  const { motion } = Painted.parse(job.params)
  const first = assets.find(({ input }) => input.role === 'first')?.asset
  if (motion === undefined || first === undefined) return
  const { width, height } = first
  const masks = masksOf(motion)
  const other = assets.find(
    ({ asset }) => masks.includes(asset.id) && (asset.width !== width || asset.height !== height),
  )
  if (other) {
    const values = { name: other.asset.name, width, height }
    throw providerError('invalid_request', 'kling.maskSize', { values })
  }
  const points = (motion.dynamic_masks ?? []).flatMap(({ trajectories }) => trajectories)
  if (points.some(({ x, y }) => x > width || y > height)) {
    throw providerError('invalid_request', 'kling.pathOutside', { values: { width, height } })
  }
}
