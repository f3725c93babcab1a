import { readFile, stat } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import type { AssetInfo } from '@shared/contract'
import { sentence, StudioError } from '@shared/problems'
import type { Assets } from '../assets'
import type { Events } from '../events'
import type { PageGate } from './gate'
import { noticeOf } from './notice'

const images = new Set(['.png', '.jpg', '.jpeg', '.webp', '.gif', '.avif', '.tif', '.tiff', '.heic', '.heif'])
const prompts = new Set(['.txt', '.csv', '.tsv'])
/** Bytes of a file of prompts, at most: what the page takes. */
const promptsMost = 4 * 1024 * 1024

/** What a file given to the program is, by its name; what it really holds shows when it is read. */
export function kindOf(path: string): 'image' | 'prompts' | null {
  const extension = extname(path).toLowerCase()
  if (images.has(extension)) return 'image'
  return prompts.has(extension) ? 'prompts' : null
}

/** Files opened with the program: kept until the page hears, then read and handed to it. */
export interface OpenedFiles {
  take(paths: readonly string[]): void
}

/** A file that cannot be read becomes a notice and keeps none of the others back. */
export function createOpenedFiles(
  assets: Pick<Assets, 'fromFile'>,
  events: Events,
  page: Pick<PageGate, 'when'>,
): OpenedFiles {
  const waiting: string[] = []
  let work = Promise.resolve()

  async function open(paths: readonly string[]): Promise<void> {
    const opened: AssetInfo[] = []
    for (const path of paths) {
      const name = basename(path)
      try {
        switch (kindOf(path)) {
          case 'image':
            opened.push(await assets.fromFile(path, name))
            break
          case 'prompts':
            await openPrompts(path, name)
            break
          case null:
            say('opened.unknown', { name })
        }
      } catch (error) {
        const reason = error instanceof StudioError ? error.message : sentence('internal').message
        say('image.notOpened', { name, reason })
      }
    }
    if (opened.length > 0) events.publish({ type: 'opened', assets: opened })
  }

  async function openPrompts(path: string, name: string): Promise<void> {
    const { size } = await stat(path)
    if (size > promptsMost) say('opened.tooLarge', { name, limit: '4 MB' })
    else events.publish({ type: 'prompts', name, text: await readFile(path, 'utf8') })
  }

  function say(
    key: 'opened.unknown' | 'opened.tooLarge' | 'image.notOpened',
    values: { name: string; [value: string]: string },
  ): void {
    events.publish({ type: 'notice', notice: noticeOf(key, values, { id: `opened:${values.name}` }) })
  }

  return {
    take(paths) {
      if (paths.length === 0) return
      const first = waiting.length === 0
      waiting.push(...paths)
      if (!first) return
      // What comes before the page listens is opened together.
      page.when(() => {
        const all = waiting.splice(0)
        work = work.then(() => open(all))
      })
    },
  }
}
