import { basename, extname } from 'node:path'
import type { AssetInfo } from '@shared/contract'
import en from '@shared/messages/en.json' with { type: 'json' }
import { fill, sentence, StudioError } from '@shared/problems'
import type { Assets } from '../assets'
import type { Events } from '../events'

const images = new Set(['.png', '.jpg', '.jpeg', '.webp', '.gif', '.avif', '.tif', '.tiff', '.heic', '.heif'])

/** Whether a path given to the program is an image to open, by its name; what it really holds shows on import. */
export function isImagePath(path: string): boolean {
  return images.has(extname(path).toLowerCase())
}

/** Images opened with the program: kept until the page hears, then imported and handed to it. */
export interface OpenedImages {
  take(paths: readonly string[]): void
  /** The page hears events from now on. */
  pageListens(): void
  /** It is gone; what comes now waits for the next one. */
  pageLeft(): void
}

/** An image that cannot be imported becomes a notice and keeps none of the others back. */
export function createOpenedImages(assets: Pick<Assets, 'fromFile'>, events: Events): OpenedImages {
  const waiting: string[] = []
  let listening = false
  let work = Promise.resolve()

  async function open(paths: readonly string[]): Promise<void> {
    const opened: AssetInfo[] = []
    for (const path of paths) {
      try {
        opened.push(await assets.fromFile(path, basename(path)))
      } catch (error) {
        events.publish({ type: 'notice', notice: refusal(basename(path), error) })
      }
    }
    if (opened.length > 0) events.publish({ type: 'opened', assets: opened })
  }

  function flush(): void {
    const paths = waiting.splice(0)
    if (paths.length > 0) work = work.then(() => open(paths))
  }

  return {
    take(paths) {
      waiting.push(...paths)
      if (listening) flush()
    },
    pageListens() {
      listening = true
      flush()
    },
    pageLeft() {
      listening = false
    },
  }
}

function refusal(name: string, error: unknown) {
  const reason = error instanceof StudioError ? error.message : sentence('internal').message
  const values = { name, reason }
  return {
    id: `opened:${name}`,
    level: 'warning' as const,
    key: 'image.notOpened',
    message: fill(en.notice['image.notOpened'], values),
    values,
  }
}
