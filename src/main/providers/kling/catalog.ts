/** Kling's word for quality: `std` is 720p, `pro` 1080p (720p with v1), `4k` is v3's own. */
export const modes = ['std', 'pro', '4k'] as const
export type Mode = (typeof modes)[number]

/** The combinations of mode and length in which a model does a thing. */
export interface Where {
  modes: readonly Mode[]
  seconds: readonly number[]
}

/** What one of Kling's models can do, and what a second of it costs. */
export interface Traits {
  /** Our id, unique over all providers; it is Kling's own `model_name` too. */
  id: string
  label: string
  summary: string
  modes: readonly Mode[]
  /** Lengths of a video. */
  seconds: readonly number[]
  /** Whether it makes videos of text alone; every model takes a first frame. */
  text: boolean
  /** Whether it takes `cfg_scale`. */
  cfg: boolean
  /** Modes in which it makes sound; none at all for the older models. */
  sound: readonly Mode[]
  /** Where a last frame counts. `alone`: modes in which it may come without a first one. */
  tail: Where & { alone: readonly Mode[]; withSound: boolean }
  /** Where the motion brush works; null where it does not. */
  masks: Where | null
  /** Where the camera can be steered; null where it cannot. */
  camera: Where | null
  /** Whether it makes several shots in one video, and takes elements of the account beside an image. */
  shots: boolean
  /** Millionths of a US dollar for a second, without and with sound. */
  price: Partial<Record<Mode, { silent: number; sound?: number }>>
}

const short = [5, 10]
const long = [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]
const both: readonly Mode[] = ['std', 'pro']
const pro: readonly Mode[] = ['pro']

/**
 * The models by Kling's capability map (KlingAI API documentation, "Capability Map", "Text to Video" and "Image to
 * Video"), as far as copies of it agree. The map does not say where v3 takes a last frame; it is taken to be everywhere.
 */
export const catalog: readonly Traits[] = [
  {
    id: 'kling-v1',
    label: 'Kling 1.0',
    summary: 'Text or images to video, with camera control and the motion brush',
    modes: both,
    seconds: short,
    text: true,
    cfg: true,
    sound: [],
    tail: { modes: both, seconds: [5], alone: [], withSound: false },
    masks: { modes: both, seconds: [5] },
    camera: { modes: ['std'], seconds: [5] },
    shots: false,
    price: { std: { silent: 28_000 }, pro: { silent: 98_000 } },
  },
  {
    id: 'kling-v1-6',
    label: 'Kling 1.6',
    summary: 'Text or images to video, first and last frame in pro',
    modes: both,
    seconds: short,
    text: true,
    cfg: true,
    sound: [],
    tail: { modes: pro, seconds: short, alone: pro, withSound: false },
    masks: null,
    camera: null,
    shots: false,
    price: { std: { silent: 56_000 }, pro: { silent: 98_000 } },
  },
  {
    id: 'kling-v2-1',
    label: 'Kling 2.1',
    summary: 'Images to video, first and last frame in pro',
    modes: both,
    seconds: short,
    text: false,
    cfg: false,
    sound: [],
    tail: { modes: pro, seconds: short, alone: [], withSound: false },
    masks: null,
    camera: null,
    shots: false,
    price: { std: { silent: 56_000 }, pro: { silent: 98_000 } },
  },
  {
    id: 'kling-v2-5-turbo',
    label: 'Kling 2.5 Turbo',
    summary: 'Text or images to video, quick, first and last frame in pro',
    modes: both,
    seconds: short,
    text: true,
    cfg: false,
    sound: [],
    tail: { modes: pro, seconds: short, alone: [], withSound: false },
    masks: null,
    camera: null,
    shots: false,
    price: { std: { silent: 42_000 }, pro: { silent: 70_000 } },
  },
  {
    id: 'kling-v2-6',
    label: 'Kling 2.6',
    summary: 'Text or images to video, with sound in pro',
    modes: both,
    seconds: short,
    text: true,
    cfg: false,
    sound: pro,
    tail: { modes: pro, seconds: short, alone: [], withSound: false },
    masks: null,
    camera: null,
    shots: false,
    price: { std: { silent: 42_000 }, pro: { silent: 70_000, sound: 140_000 } },
  },
  {
    id: 'kling-v3',
    label: 'Kling 3.0',
    summary: 'Text or images to video, 3 to 15 seconds, several shots, with sound, up to 4K',
    modes,
    seconds: long,
    text: true,
    cfg: false,
    sound: modes,
    tail: { modes, seconds: long, alone: [], withSound: true },
    masks: null,
    camera: null,
    shots: true,
    price: {
      std: { silent: 84_000, sound: 126_000 },
      pro: { silent: 112_000, sound: 168_000 },
      '4k': { silent: 420_000, sound: 420_000 },
    },
  },
]

/** Whether a mode and a length lie within {@link Where}. */
export function isWithin(where: Where, mode: Mode, seconds: number): boolean {
  return where.modes.includes(mode) && where.seconds.includes(seconds)
}
