import { useEffect, useRef } from 'react'
import styles from './Card.module.css'

/** A short silent loop over a card's poster. Lets go of its file when it leaves, so that players do not add up. */
export function Preview({ src }: { src: string }) {
  const player = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    const video = player.current
    if (!video) return
    video.src = src
    video.play().catch(() => {
      // The poster stays; there is nothing to say about a preview.
    })
    return () => {
      video.pause()
      video.removeAttribute('src')
      video.load()
    }
  }, [src])
  return (
    <video
      ref={player}
      className={styles.preview}
      muted
      loop
      playsInline
      disablePictureInPicture
      tabIndex={-1}
      aria-hidden="true"
      onPlaying={(event) => {
        event.currentTarget.dataset['playing'] = ''
      }}
    />
  )
}
