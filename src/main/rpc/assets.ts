import { StudioError } from '@shared/problems'
import type { Implementer } from './implementer'
import type { Services } from './services'

/** Input images. */
export function assetHandlers(os: Implementer['assets'], { assets, derivatives, jobs, run }: Services) {
  return {
    import: os.import.handler(({ input: { file } }) =>
      assets.import({ name: file.name, bytes: file.stream() }),
    ),
    get: os.get.handler(({ input }) => {
      const asset = assets.get(input.id)
      if (!asset) throw new StudioError('not_found', 'asset.notFound')
      return asset
    }),
    fit: os.fit.handler(({ input }) => assets.fit(input)),
    fromLastFrame: os.fromLastFrame.handler(async ({ input }) => {
      const job = jobs.get(input.id)
      // No page takes orders: it would be waited for in vain.
      if (run.safeMode !== null) throw new StudioError('unavailable', 'safeMode.noPictures')
      const path = await derivatives.lastFrame(job.id)
      return assets.fromFile(path, `${job.prompt.slice(0, 60).trim() || job.model}.png`)
    }),
  }
}
