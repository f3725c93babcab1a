import { stepped } from '../inspector/player/timecode'
import { correctionOf, holdsAt, isOver, lastFrame, longest, placeAt, stepRate, type Timing } from './sync'

/** How the videos stand together; a new object with each change. */
export interface Standing {
  playing: boolean
  /** Seconds on the time base, which is the longest video. */
  time: number
  seconds: number
  speed: number
  loop: boolean
  /** The one that is heard; null while all are mute. */
  heard: string | null
  /** Those that came to their end while another one plays on. */
  holding: ReadonlySet<string>
  /** Those whose file cannot be played here. */
  broken: ReadonlySet<string>
}

interface Member extends Timing {
  id: string
  video: HTMLVideoElement
  /** Where to go once the seek under way has ended: of many wishes only the last counts. */
  wanted: number | null
  forget: () => void
}

const nobody: ReadonlySet<string> = new Set()

/** Speeds that differ by less are the same to an ear. */
const sameSpeed = 0.005
/** So near to its end a video need not have more of itself at hand to be ready. */
const nearEnd = 0.4

/**
 * Several video elements that play as one. The longest leads; the others follow it by a slightly other speed, or a
 * jump where they are far off, and nobody goes on while one of them has nothing to show.
 */
export class Ensemble {
  #members: Member[] = []
  #listeners = new Set<() => void>()
  #frame = 0
  /** Playing is wanted, but somebody is not ready. */
  #starved = false
  #mute = false
  /** The one that is heard unless all are mute. */
  #ear: string | null = null
  #standing: Standing = {
    playing: false,
    time: 0,
    seconds: 0,
    speed: 1,
    loop: true,
    heard: null,
    holding: nobody,
    broken: nobody,
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
  readonly standing = (): Standing => this.#standing

  /** Takes a video in, at the time where the others are; the answer lets it go again. */
  add(id: string, video: HTMLVideoElement, timing: Timing): () => void {
    const stop = new AbortController()
    const { signal } = stop
    const member: Member = { id, video, ...timing, wanted: null, forget: () => stop.abort() }
    video.addEventListener('seeked', () => this.#go(member), { signal })
    video.addEventListener('loadedmetadata', () => this.#measured(member), { signal })
    video.addEventListener('error', () => this.#broke(member), { signal })
    video.loop = false
    this.#members.push(member)
    this.#gathered()
    this.#place(member, this.#standing.time)
    return () => {
      this.#leave(member)
      this.#gathered()
    }
  }

  toggle(): void {
    if (this.#standing.playing) this.pause()
    else this.play()
  }

  play(): void {
    const { time, seconds } = this.#standing
    if (this.#members.length === 0) return
    if (time > seconds - 1 / stepRate(this.#members)) this.seek(0)
    this.#starved = true
    this.#tell({ playing: true })
    this.#frame ||= requestAnimationFrame(this.#tick)
  }

  /** Stops where the leader is, all at the same time. */
  pause(): void {
    if (!this.#standing.playing) return
    this.#halt()
    this.#tell({ playing: false })
    this.seek(this.#standing.time)
  }

  seek(time: number): void {
    const at = Math.min(Math.max(0, time), this.#standing.seconds)
    for (const member of this.#members) this.#place(member, at)
    // Those who play on begin together once all have arrived.
    if (this.#standing.playing) this.#starve()
    this.#tell({ time: at })
  }

  /** Shows the frame `by` frames away, counted in the frames of the fastest video. */
  step(by: number): void {
    this.pause()
    const { time, seconds } = this.#standing
    this.seek(stepped(Math.min(time, seconds), stepRate(this.#members), by, seconds))
  }

  skip(by: number): void {
    this.seek(this.#standing.time + by)
  }

  setSpeed(speed: number): void {
    for (const { video } of this.#members) video.playbackRate = speed
    this.#tell({ speed })
  }

  setLoop(loop: boolean): void {
    this.#tell({ loop })
  }

  /** Lets one be heard and the others not; while all are mute, it is the one to be heard again. */
  hear(id: string): void {
    this.#ear = id
    this.#sound()
  }

  /** Mutes all, or lets the one be heard again that was heard before. */
  toggleMute(): void {
    this.#mute = !this.#mute
    this.#sound()
  }

  #sound() {
    const known = this.#members.some(({ id }) => id === this.#ear)
    if (!known) this.#ear = this.#members[0]?.id ?? null
    const heard = this.#mute ? null : this.#ear
    for (const { id, video } of this.#members) video.muted = id !== heard
    if (heard !== this.#standing.heard) this.#tell({ heard })
  }

  get #leader(): Member | undefined {
    return this.#members.reduce<Member | undefined>(
      (first, member) => (first && first.seconds >= member.seconds ? first : member),
      undefined,
    )
  }

  readonly #tick = () => {
    this.#frame = 0
    const leader = this.#leader
    if (!this.#standing.playing || !leader) return
    this.#frame = requestAnimationFrame(this.#tick)
    if (this.#starved) return this.#begin()
    const time = leader.video.currentTime
    if (leader.video.ended || isOver(leader, time)) return this.#finish()
    if (this.#members.some((member) => !isReady(member, time))) return this.#starve()
    for (const member of this.#members) if (member !== leader) this.#follow(member, time)
    this.#tell({ time })
  }

  /** All have what they need: they start in the same breath. */
  #begin() {
    const { time, speed } = this.#standing
    if (this.#members.some((member) => !isReady(member, time))) return
    this.#starved = false
    for (const member of this.#members) {
      member.video.playbackRate = speed
      if (!isOver(member, time)) start(member.video)
    }
  }

  #starve() {
    this.#starved = true
    for (const { video } of this.#members) video.pause()
  }

  #follow(member: Member, time: number) {
    const { video, fps } = member
    if (isOver(member, time)) {
      if (!video.paused) video.pause()
      if (video.currentTime < lastFrame(member)) this.#place(member, time)
      return
    }
    if (video.paused) start(video)
    const correction = correctionOf(video.currentTime - time, fps)
    const { speed } = this.#standing
    if (correction.kind === 'jump') this.#place(member, time)
    const rate = correction.kind === 'rate' ? speed * correction.factor : speed
    if (Math.abs(video.playbackRate - rate) > sameSpeed) video.playbackRate = rate
  }

  #finish() {
    if (this.#standing.loop) return this.seek(0)
    this.#halt()
    this.#tell({ playing: false })
    this.seek(this.#standing.seconds)
  }

  #halt() {
    cancelAnimationFrame(this.#frame)
    this.#frame = 0
    this.#starved = false
    const leader = this.#leader
    for (const { video } of this.#members) {
      video.pause()
      video.playbackRate = this.#standing.speed
    }
    if (leader && !leader.video.seeking)
      this.#standing = { ...this.#standing, time: leader.video.currentTime }
  }

  #place(member: Member, time: number) {
    const to = placeAt(member, time)
    // Before its metadata is there, it keeps the place as the one to begin at.
    if (member.video.seeking) member.wanted = to
    else if (Math.abs(member.video.currentTime - to) > 1e-4) member.video.currentTime = to
  }

  #go(member: Member) {
    const { wanted } = member
    member.wanted = null
    if (wanted !== null && Math.abs(member.video.currentTime - wanted) > 1e-4)
      member.video.currentTime = wanted
  }

  /** The file knows best how long it is. */
  #measured(member: Member) {
    if (Number.isFinite(member.video.duration)) member.seconds = member.video.duration
    this.#gathered()
    this.#place(member, this.#standing.time)
  }

  #broke(member: Member) {
    this.#leave(member)
    this.#standing = { ...this.#standing, broken: new Set([...this.#standing.broken, member.id]) }
    this.#gathered()
  }

  #leave(member: Member) {
    member.forget()
    member.video.pause()
    this.#members = this.#members.filter((other) => other !== member)
  }

  #gathered() {
    const seconds = longest(this.#members)
    this.#tell({ seconds, time: Math.min(this.#standing.time, seconds) })
    this.#sound()
  }

  #tell(change: Partial<Standing>) {
    const next = { ...this.#standing, ...change }
    const holding = this.#members
      .filter((member) => holdsAt(member, next.time, next.seconds))
      .map(({ id }) => id)
    const same = holding.length === next.holding.size && holding.every((id) => next.holding.has(id))
    this.#standing = same ? next : { ...next, holding: new Set(holding) }
    for (const listener of this.#listeners) listener()
  }
}

/** Whether a video has something to show after this moment, or is past its own end. */
function isReady(member: Member, time: number): boolean {
  const { video, seconds } = member
  if (isOver(member, time)) return true
  return (
    !video.seeking && (video.readyState >= video.HAVE_FUTURE_DATA || video.currentTime > seconds - nearEnd)
  )
}

/** A start that the next press cuts short is no failure; a file that cannot be played tells by `error`. */
function start(video: HTMLVideoElement): void {
  video.play().catch(() => undefined)
}
