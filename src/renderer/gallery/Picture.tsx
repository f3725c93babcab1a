import type { JobRow } from '@shared/contract'
import { mediaUrl } from '../api'
import styles from './Card.module.css'
import { Preview } from './Preview'
import { groundOf } from './status'

/** Below this ratio a picture is shown whole over a blurred copy of itself instead of being cropped. */
const narrow = 1.3

function appear(image: HTMLImageElement | null): void {
  if (image?.complete && image.naturalWidth > 0) image.dataset['here'] = ''
}

function Image({ src, className }: { src: string; className: string | undefined }) {
  return (
    <img
      key={src}
      ref={appear}
      className={className}
      src={src}
      alt=""
      decoding="async"
      draggable={false}
      onLoad={(event) => appear(event.currentTarget)}
    />
  )
}

/** What a card shows of its job: the poster, else the image it starts from, else a quiet ground of its own. */
export function Picture({ row, dimmed, playing }: { row: JobRow; dimmed: boolean; playing: boolean }) {
  const src =
    row.poster !== null
      ? mediaUrl.poster(row.id, row.poster)
      : row.firstInput !== null
        ? mediaUrl.thumb(row.firstInput)
        : null
  const whole = row.ratio !== null && row.ratio < narrow
  return (
    <div
      className={styles.ground}
      style={{ background: groundOf(row.id) }}
      data-dimmed={dimmed ? '' : undefined}
      data-whole={whole ? '' : undefined}
    >
      {src !== null && whole ? <Image src={src} className={styles.behind} /> : null}
      {src === null ? null : <Image src={src} className={styles.poster} />}
      {playing && row.preview !== null ? <Preview src={mediaUrl.preview(row.id, row.preview)} /> : null}
    </div>
  )
}
