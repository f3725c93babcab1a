import { fill } from '@shared/problems'
import type { Clock, Ending } from '../ports'

/** Jobs that end this close together are told of in one breath. */
export const togetherMs = 1500
/** How long the notification of a video waits for its poster, which is made after the video has arrived. */
export const posterMs = 4000
/** Lines of a notification about several jobs. */
const linesMost = 3

/** What a notification says; a click opens the job. */
export interface Note {
  jobId: string
  title: string
  body: string
  /** Path of the picture. */
  poster: string | null
}

/** Gathers endings into notes. */
export interface Endings {
  tell(ending: Ending): void
  /** A job changed: its poster may be there. */
  changed(jobId: string): void
  close(): void
}

export interface EndingsOptions {
  clock: Clock
  /** Path of a job's poster; null while there is none. */
  poster: (jobId: string) => string | null
  words: () => { several: string; more: string }
  show: (note: Note) => void
}

/** Gathers what ends within {@link togetherMs}, waits up to {@link posterMs} for a picture, and shows one note. */
export function createEndings({ clock, poster, words, show }: EndingsOptions): Endings {
  const gathered: Ending[] = []
  const awaited = new Map<string, { note: Note; cancel: () => void }>()
  let cancel: (() => void) | null = null

  function flush(): void {
    cancel = null
    const endings = gathered.splice(0)
    const [first] = endings
    if (!first) return
    const videos = endings.filter(({ state }) => state === 'completed')
    const picture = videos.map(({ jobId }) => poster(jobId)).find((path) => path !== null) ?? null
    const note = { ...(endings.length === 1 ? first : several(endings, words())), poster: picture }
    const [video] = videos
    if (picture !== null || !video) return show(note)
    const late = clock.after(posterMs, () => release(video.jobId, null))
    awaited.set(video.jobId, { note, cancel: late })
  }

  function release(jobId: string, picture: string | null): void {
    const waiting = awaited.get(jobId)
    if (!waiting) return
    awaited.delete(jobId)
    waiting.cancel()
    show({ ...waiting.note, poster: picture })
  }

  return {
    tell(ending) {
      gathered.push(ending)
      cancel ??= clock.after(togetherMs, flush)
    },
    changed(jobId) {
      const picture = awaited.has(jobId) ? poster(jobId) : null
      if (picture !== null) release(jobId, picture)
    },
    close() {
      cancel?.()
      for (const waiting of awaited.values()) waiting.cancel()
      awaited.clear()
    },
  }
}

/** One note for several endings: a line each, and how many more there are. */
function several(endings: readonly Ending[], words: { several: string; more: string }): Omit<Note, 'poster'> {
  const [first] = endings
  const shown = endings.length > linesMost ? endings.slice(0, linesMost - 1) : endings
  const lines = shown.map(({ title, body }) => (body === '' ? title : `${title}: ${body}`))
  const more = endings.length - shown.length
  return {
    jobId: first?.jobId ?? '',
    title: words.several,
    body: [...lines, ...(more > 0 ? [fill(words.more, { count: more })] : [])].join('\n'),
  }
}
