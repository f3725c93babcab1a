/** A file of a release as electron-updater looks for it. */
interface FeedFile {
  url: string
  sha512: string
  size?: number
}

/** `latest.yml` and its siblings, as electron-builder writes them beside its packages. */
export interface Feed {
  version: string
  files: FeedFile[]
  path?: string
  sha512?: string
  releaseDate?: string
}

/**
 * One feed of two: Windows and macOS ask the same file whatever their processor, and each machine that packed wrote one
 * with its own files. Throws where they are not of one version.
 */
export function mergeFeeds(feeds: readonly Feed[]): Feed {
  const [first, ...others] = feeds
  if (!first) throw new Error('There is no feed to merge.')
  const odd = others.find(({ version }) => version !== first.version)
  if (odd) throw new Error(`Feeds of ${first.version} and ${odd.version} do not belong together.`)
  const files = new Map(feeds.flatMap((feed) => feed.files).map((file) => [file.url, file]))
  return { ...first, files: [...files.values()].sort((one, other) => (one.url < other.url ? -1 : 1)) }
}

/** The entry of a version in the change log, without its heading; empty where there is none. */
export function changesOf(log: string, version: string): string {
  const lines = log.split('\n')
  const start = lines.findIndex((line) => line.startsWith(`## ${version}`))
  if (start < 0) return ''
  const end = lines.findIndex((line, at) => at > start && line.startsWith('## '))
  return lines
    .slice(start + 1, end < 0 ? undefined : end)
    .join('\n')
    .trim()
}
