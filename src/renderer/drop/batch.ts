import type { AssetInfo, InputRole, JobPreview } from '@shared/contract'
import { create } from 'zustand'
import { api, problemOf, type Problem } from '../api'
import { approve } from '../money'
import { chosen, importImage, maxRequests, requestsPerImage, slotsOf, useComposer } from '../state/composer'
import { connectionIdFor } from '../state/connections'

/** One image of a batch: being read, taken in, or refused with a sentence. */
export interface BatchImage {
  number: number
  name: string
  asset: AssetInfo | null
  said: string | null
}

interface BatchState {
  images: BatchImage[] | null
  sending: boolean
  refusal: Problem | null
}

/** Several images that each make a video; null while none were dropped. */
export const useBatch = create<BatchState>(() => ({ images: null, sending: false, refusal: null }))

/** How many images are taken in at a time. */
const lanes = 3

let numbers = 0
let opened = 0

/** The role a batch fills: the first frame where a model takes one, else the reference. */
export function batchRole(): InputRole {
  const { models } = useComposer.getState()
  return slotsOf(chosen(models), [])[0]?.role ?? 'first'
}

/** Offers one video for each image; files are taken in while the dialog shows how far it is. */
export function openBatch({ files = [], assets = [] }: { files?: File[]; assets?: AssetInfo[] }): void {
  opened += 1
  const mine = opened
  const entry = (name: string, asset: AssetInfo | null): BatchImage => {
    numbers += 1
    return { number: numbers, name, asset, said: null }
  }
  const coming = files.map((file) => ({ file, image: entry(file.name, null) }))
  const images = [...assets.map((asset) => entry(asset.name, asset)), ...coming.map(({ image }) => image)]
  useBatch.setState({ images, sending: false, refusal: null })

  const queue = [...coming]
  const take = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      if (mine !== opened) return
      const { number } = next.image
      const { asset, said } = await importImage(next.file)
      if (mine !== opened) return
      useBatch.setState(({ images: now }) => ({
        images:
          now?.map((own) => (own.number === number ? { ...own, asset, said: said?.title ?? null } : own)) ??
          null,
      }))
    }
  }
  for (let lane = 0; lane < lanes; lane += 1) void take()
}

/** Gives the batch up; images that are still being read are let go. */
export function closeBatch(): void {
  opened += 1
  useBatch.setState({ images: null })
}

/** Takes one image out of the batch. */
export function dropFromBatch(number: number): void {
  useBatch.setState(({ images }) => ({ images: images?.filter((own) => own.number !== number) ?? null }))
}

/** The wishes of a batch as it stands. */
export function batchRequests(images: readonly BatchImage[]): ReturnType<typeof requestsPerImage> {
  const assets = images.flatMap((image) => (image.asset ? [image.asset] : []))
  return requestsPerImage(useComposer.getState(), assets, batchRole(), connectionIdFor)
}

/** Whether it is more than one batch may be. */
export function tooMany(images: readonly BatchImage[]): boolean {
  return batchRequests(images).length > maxRequests
}

/** What one image's worth of videos comes to, for all chosen models. */
export async function priceOfOne(image: AssetInfo, signal: AbortSignal): Promise<JobPreview[]> {
  const requests = requestsPerImage(useComposer.getState(), [image], batchRole(), connectionIdFor)
  return Promise.all(requests.map((request) => api.jobs.preview(request, { signal })))
}

/** Asks for the whole batch; on refusal the dialog stays with the sentence. */
export async function sendBatch(): Promise<void> {
  const { images, sending } = useBatch.getState()
  if (!images || sending) return
  useBatch.setState({ sending: true, refusal: null })
  try {
    const requests = batchRequests(images)
    const made = await approve((approved) => api.jobs.createMany({ requests, ...approved }), {
      verb: 'generate',
      models: chosen(useComposer.getState().models).map(({ label }) => label),
    })
    if (made === null) return
    useComposer.getState().tellSent(made.jobs)
    closeBatch()
  } catch (error) {
    useBatch.setState({ refusal: problemOf(error) })
  } finally {
    useBatch.setState({ sending: false })
  }
}
