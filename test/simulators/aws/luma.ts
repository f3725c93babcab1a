import { readPicture } from './pictures'

// The model input of Luma Ray2, from the Bedrock User Guide, "Luma AI models: inference parameters".

export const lumaModelId = 'luma.ray-v2:0'

const ratios = ['1:1', '16:9', '9:16', '4:3', '3:4', '21:9', '9:21']
const durations = ['5s', '9s']
const resolutions = ['540p', '720p']
const promptMax = 5000
const sideMin = 512
const sideMax = 4096
const imageBytesMax = 25 * 1024 * 1024

/** Why a model input is refused, as the sentence AWS would say; null when it is taken. */
export function lumaComplaint(input: unknown): string | null {
  if (typeof input === 'string') return 'The provided request is not valid'
  if (!isRecord(input)) return malformed('#', `expected type: JSONObject, found: ${nameOf(input)}`)
  for (const key of Object.keys(input)) {
    if (!['prompt', 'aspect_ratio', 'duration', 'resolution', 'loop', 'keyframes'].includes(key))
      return malformed('#', `extraneous key [${key}] is not permitted`)
  }
  const { prompt, aspect_ratio, duration, resolution, loop, keyframes } = input
  if (prompt === undefined) return malformed('#', 'required key [prompt] not found')
  if (typeof prompt !== 'string')
    return malformed('#/prompt', `expected type: String, found: ${nameOf(prompt)}`)
  // An empty prompt passes here and fails as a job (measured live): the API does not look.
  const characters = Array.from(prompt).length
  if (characters > promptMax)
    return malformed('#/prompt', `expected maxLength: ${promptMax}, actual: ${characters}`)
  return (
    oneOf('aspect_ratio', aspect_ratio, ratios) ??
    oneOf('duration', duration, durations) ??
    oneOf('resolution', resolution, resolutions) ??
    (loop === undefined || typeof loop === 'boolean'
      ? null
      : malformed('#/loop', `expected type: Boolean, found: ${nameOf(loop)}`)) ??
    (keyframes === undefined ? null : keyframesComplaint(keyframes))
  )
}

/** How a job with this input ends when nothing else is scripted: null for a video. */
export function lumaFailure(input: unknown): string | null {
  return isRecord(input) && input['prompt'] === '' ? 'prompt is required' : null
}

function oneOf(name: string, value: unknown, values: string[]): string | null {
  if (value === undefined || (typeof value === 'string' && values.includes(value))) return null
  if (typeof value !== 'string')
    return malformed(`#/${name}`, `expected type: String, found: ${nameOf(value)}`)
  return malformed(`#/${name}`, `${value} is not a valid enum value`)
}

function keyframesComplaint(keyframes: unknown): string | null {
  if (!isRecord(keyframes))
    return malformed('#/keyframes', `expected type: JSONObject, found: ${nameOf(keyframes)}`)
  for (const [name, frame] of Object.entries(keyframes)) {
    if (name !== 'frame0' && name !== 'frame1')
      return malformed('#/keyframes', `extraneous key [${name}] is not permitted`)
    const complaint = frameComplaint(`#/keyframes/${name}`, frame)
    if (complaint) return complaint
  }
  return null
}

function frameComplaint(at: string, frame: unknown): string | null {
  if (!hasExactly(frame, ['type', 'source'])) return malformed(at, 'expected keys [type, source]')
  if (frame['type'] !== 'image') return malformed(`${at}/type`, 'expected image')
  const source = frame['source']
  if (!hasExactly(source, ['type', 'media_type', 'data']))
    return malformed(`${at}/source`, 'expected keys [type, media_type, data]')
  if (source['type'] !== 'base64') return malformed(`${at}/source/type`, 'expected base64')
  const { media_type: type, data } = source
  if (type !== 'image/jpeg' && type !== 'image/png')
    return malformed(`${at}/source/media_type`, `${String(type)} is not a valid enum value`)
  if (typeof data !== 'string' || data.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(data))
    return malformed(`${at}/source/data`, 'expected base64 without a data: prefix')
  const bytes = Buffer.from(data, 'base64')
  if (bytes.length > imageBytesMax) return 'Image is larger than 25 MB.'
  const picture = readPicture(bytes)
  if (!picture || picture.type !== type) return `Image data at ${at} is not ${type}.`
  const { width, height } = picture
  if (Math.min(width, height) < sideMin || Math.max(width, height) > sideMax)
    return `Image dimensions ${width}x${height} must be between ${sideMin}x${sideMin} and ${sideMax}x${sideMax}.`
  return null
}

const malformed = (at: string, what: string): string =>
  `Malformed input request: ${at}: ${what}, please reformat your input and try again.`

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function hasExactly(value: unknown, keys: string[]): value is Record<string, unknown> {
  return (
    isRecord(value) &&
    keys.every((key) => value[key] !== undefined) &&
    Object.keys(value).length === keys.length
  )
}

function nameOf(value: unknown): string {
  if (value === null) return 'Null'
  if (Array.isArray(value)) return 'JSONArray'
  if (typeof value === 'number') return Number.isInteger(value) ? 'Integer' : 'Double'
  if (typeof value === 'object') return 'JSONObject'
  return typeof value === 'boolean' ? 'Boolean' : 'String'
}
