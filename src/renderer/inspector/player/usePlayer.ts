import { useCallback, useEffect, useMemo, useRef, useState, type RefObject } from 'react'
import { nextSpeed, stepped } from './timecode'

export interface Playing {
  playing: boolean
  /** Seconds. */
  time: number
  duration: number
  /** Seconds from the start that can be played at once. */
  buffered: number
  speed: number
  loop: boolean
  muted: boolean
  volume: number
  sound: boolean
  /** The file cannot be played here. */
  broken: boolean
}

export interface PlayerControls {
  toggle: () => void
  /** Plays; once more is faster. */
  faster: () => void
  pause: () => void
  seek: (seconds: number) => void
  skip: (seconds: number) => void
  step: (frames: number) => void
  setSpeed: (speed: number) => void
  setLoop: (loop: boolean) => void
  setMuted: (muted: boolean) => void
  setVolume: (volume: number) => void
}

/** Chromium tells whether there is sound only by what it has decoded. */
function hasSound(video: HTMLVideoElement): boolean {
  return 'webkitAudioDecodedByteCount' in video && Number(video.webkitAudioDecodedByteCount) > 0
}

/** Held over all videos of a session: somebody who turned loop off or the sound down means it. */
const kept = { loop: true, muted: false, volume: 1 }

/** The state of a video element that plays `source`, and all that can be done with it. `fps` counts its frames. */
export function usePlayer(
  ref: RefObject<HTMLVideoElement | null>,
  { source, fps, seconds }: { source: string; fps: number; seconds: number },
): [Playing, PlayerControls] {
  const [state, setState] = useState<Playing>({
    playing: false,
    time: 0,
    duration: seconds,
    buffered: 0,
    speed: 1,
    sound: false,
    broken: false,
    ...kept,
  })
  const merge = useCallback((patch: Partial<Playing>) => setState((before) => ({ ...before, ...patch })), [])
  const drawing = useRef(0)

  useEffect(() => {
    const video = ref.current
    if (!video) return undefined
    video.src = source
    video.loop = kept.loop
    video.muted = kept.muted
    video.volume = kept.volume
    const read = () => {
      const { buffered } = video
      merge({
        time: video.currentTime,
        duration: Number.isFinite(video.duration) ? video.duration : seconds,
        buffered: buffered.length > 0 ? buffered.end(buffered.length - 1) : 0,
        sound: hasSound(video),
      })
    }
    const follow = () => {
      read()
      drawing.current = video.paused ? 0 : requestAnimationFrame(follow)
    }
    const begin = () => {
      merge({ playing: true, broken: false })
      cancelAnimationFrame(drawing.current)
      drawing.current = requestAnimationFrame(follow)
    }
    const end = () => {
      merge({ playing: false })
      read()
    }
    const speed = () => merge({ speed: video.playbackRate })
    const sound = () => merge({ muted: video.muted, volume: video.volume })
    const broken = () => merge({ broken: true, playing: false })
    const heard = {
      play: begin,
      pause: end,
      ended: end,
      ratechange: speed,
      volumechange: sound,
      error: broken,
    }
    const looks = ['loadedmetadata', 'seeked', 'progress', 'timeupdate', 'durationchange']
    for (const [name, listener] of Object.entries(heard)) video.addEventListener(name, listener)
    for (const name of looks) video.addEventListener(name, read)
    return () => {
      cancelAnimationFrame(drawing.current)
      for (const [name, listener] of Object.entries(heard)) video.removeEventListener(name, listener)
      for (const name of looks) video.removeEventListener(name, read)
      // Lets the connection go at once instead of when the element is collected.
      video.removeAttribute('src')
      video.load()
    }
  }, [ref, merge, source, seconds])

  const controls = useMemo((): PlayerControls => {
    const on = (act: (video: HTMLVideoElement) => void) => {
      if (ref.current) act(ref.current)
    }
    // A play that is cut short by the next press is no failure; a file that cannot be played tells by `error`.
    const play = (video: HTMLVideoElement) => video.play().catch(() => undefined)
    const seek = (video: HTMLVideoElement, to: number) => {
      const end = Number.isFinite(video.duration) ? video.duration : seconds
      video.currentTime = Math.min(Math.max(0, to), end)
      merge({ time: video.currentTime })
    }
    return {
      toggle: () => on((video) => (video.paused ? void play(video) : video.pause())),
      faster: () =>
        on((video) => {
          if (!video.paused) video.playbackRate = nextSpeed(video.playbackRate, 1)
          void play(video)
        }),
      pause: () =>
        on((video) => {
          video.pause()
          video.playbackRate = 1
        }),
      seek: (to) => on((video) => seek(video, to)),
      skip: (by) => on((video) => seek(video, video.currentTime + by)),
      step: (frames) =>
        on((video) => {
          video.pause()
          seek(video, stepped(video.currentTime, fps, frames, video.duration || seconds))
        }),
      setSpeed: (speed) => on((video) => (video.playbackRate = speed)),
      setLoop: (loop) =>
        on((video) => {
          kept.loop = loop
          video.loop = loop
          merge({ loop })
        }),
      setMuted: (muted) =>
        on((video) => {
          kept.muted = muted
          video.muted = muted
        }),
      setVolume: (volume) =>
        on((video) => {
          kept.volume = volume
          kept.muted = false
          video.volume = volume
          video.muted = false
        }),
    }
  }, [ref, fps, seconds, merge])

  return [state, controls]
}
