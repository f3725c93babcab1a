import { z } from 'zod'
import type { JobInput, Price } from '@shared/contract'
import { issue, type Issue } from '@shared/problems'
import type { Model } from '../types'
import { aspectRatio, checkRatio, frames, image, secondsOf, seed, shapeOf } from './rules'

const docs = 'https://www.volcengine.com/docs/85621/1792710'

/** Camera moves over a first frame (Volcengine docs 85621/1785201). */
const templates = [
  'hitchcock_dolly_in',
  'hitchcock_dolly_out',
  'robo_arm',
  'dynamic_orbit',
  'central_orbit',
  'crane_push',
  'quick_pull_back',
  'counterclockwise_swivel',
  'clockwise_swivel',
  'handheld',
  'rapid_push_pull',
] as const

/**
 * What can be chosen of a Jimeng 3.0 video. The resolution is no field of the request: together with the images and
 * the camera it names the service (`req_key`), so it always counts, and is the cheaper one when left alone.
 */
export const JimengParams = z
  .strictObject({
    aspect_ratio: aspectRatio,
    frames,
    resolution: z
      .enum(['720P', '1080P'])
      .default('720P')
      .meta({ title: 'resolution', 'x-ui': { place: 'chip', control: 'choice' } }),
    template_id: z
      .enum(templates)
      .optional()
      .meta({ title: 'cameraTemplate', 'x-ui': { place: 'more', control: 'choice' } }),
    camera_strength: z
      .enum(['weak', 'medium', 'strong'])
      .optional()
      .meta({ title: 'cameraStrength', 'x-ui': { place: 'more', control: 'choice' } }),
    seed,
  })
  .check(({ value, issues }) => {
    const refuse = (path: string, key: string) =>
      issues.push({ code: 'custom', path: [path], input: value, params: { key } })
    if (value.camera_strength !== undefined && value.template_id === undefined) {
      refuse('camera_strength', 'jimeng.strengthAlone')
    }
    if (value.template_id !== undefined && value.resolution !== '720P') {
      refuse('template_id', 'jimeng.cameraResolution')
    }
  })
export type JimengParams = z.output<typeof JimengParams>

/** What can be chosen of a Jimeng 3.0 Pro video. */
export const JimengProParams = z.strictObject({ aspect_ratio: aspectRatio, frames, seed })
export type JimengProParams = z.output<typeof JimengProParams>

/** What can be chosen through a relay; what it does with what is left alone is its own (yunwu.apifox.cn, 统一视频格式). */
export const JimengRelayParams = z.strictObject({
  aspect_ratio: z
    .enum(['16:9', '9:16', '1:1', '4:3'])
    .optional()
    .meta({ title: 'ratio', 'x-ui': { place: 'chip', control: 'choice' } }),
  size: z
    .enum(['720P', '1080P'])
    .optional()
    .meta({ title: 'resolution', default: '1080P', 'x-ui': { place: 'chip', control: 'choice' } }),
})
export type JimengRelayParams = z.output<typeof JimengRelayParams>

/** Per second of 720P. Volcengine's own page of prices could not be read, and nobody names one for 1080P. */
const price: Price = {
  unit: 'second',
  micros: 280_000,
  currency: 'CNY',
  date: '2026-11-21',
  source: 'one user’s account of it, not confirmed by Volcengine',
  tiers: [{ when: { resolution: '720P' }, micros: 280_000 }],
}

const unknownPrice = (source: string): Price => ({
  unit: 'unknown',
  micros: 0,
  currency: 'CNY',
  date: '2026-11-21',
  source,
})

/** How many jobs at a time a fresh account may have is not told; more than it takes come back and wait. */
const concurrency = 1

const official = { field: 'kind', in: ['official'] }

const standardInputs = [image('first', 1), image('last', 1)]

const standard: Model = {
  info: {
    id: 'jimeng-3',
    provider: 'jimeng',
    label: 'Jimeng 3.0',
    summary: 'Video from text, a first frame, a first and last frame, or a camera move over an image',
    prompt: { required: 'without_image', max: 800 },
    inputs: standardInputs,
    price,
    typicalSeconds: null,
    concurrency,
    cancel: 'stops_watching',
    docs,
    servedBy: official,
  },
  params: JimengParams,
  inputs: standardInputs,
  shared: { ratio: 'aspect_ratio', duration: 'frames', resolution: 'resolution', seed: 'seed' },
  estimate(params) {
    const { resolution, frames } = JimengParams.parse(params)
    if (resolution !== '720P') return null
    return { micros: price.micros * secondsOf(frames), currency: price.currency }
  },
  seconds: () => null,
  ratio: (params, first) => shapeOf(JimengParams.parse(params).aspect_ratio, first),
  check: ({ params, inputs }) => [
    ...checkRatio(params['aspect_ratio'], inputs),
    ...checkFrames(inputs),
    ...checkCamera(params['template_id'], inputs),
  ],
}

/** There is no service for a last frame alone. */
function checkFrames(inputs: readonly JobInput[]): Issue[] {
  const last = inputs.findIndex(({ role }) => role === 'last')
  return last >= 0 && !has(inputs, 'first') ? [issue(['inputs', last], 'jimeng.lastAlone')] : []
}

function checkCamera(template: unknown, inputs: readonly JobInput[]): Issue[] {
  if (template === undefined) return []
  const path = ['params', 'template_id']
  if (!has(inputs, 'first')) return [issue(path, 'jimeng.cameraFirst')]
  return has(inputs, 'last') ? [issue(path, 'jimeng.cameraLast')] : []
}

const has = (inputs: readonly JobInput[], role: JobInput['role']) => inputs.some((one) => one.role === role)

const proInputs = [image('first', 1)]

const pro: Model = {
  info: {
    id: 'jimeng-3-pro',
    provider: 'jimeng',
    label: 'Jimeng 3.0 Pro',
    summary: 'Video at 1080P from text or a first frame',
    prompt: { required: 'without_image', max: 800 },
    inputs: proInputs,
    price: unknownPrice('Volcengine’s page of prices could not be read'),
    typicalSeconds: null,
    concurrency,
    cancel: 'stops_watching',
    docs: 'https://www.volcengine.com/docs/85621/1777001',
    servedBy: official,
  },
  params: JimengProParams,
  inputs: proInputs,
  shared: { ratio: 'aspect_ratio', duration: 'frames', seed: 'seed' },
  estimate: () => null,
  seconds: () => null,
  ratio: (params, first) => shapeOf(JimengProParams.parse(params).aspect_ratio, first),
  check: ({ params, inputs }) => checkRatio(params['aspect_ratio'], inputs),
}

/** The model's name at the relay. */
export const relayModel = 'jimeng-video-3.0'

const relayInputs = [image('reference', 2, 'address')]

const relay: Model = {
  info: {
    id: 'jimeng-relay',
    provider: 'jimeng',
    label: 'Jimeng 3.0 (relay)',
    summary: 'Video from text, with reference images, through a relay service',
    prompt: { required: 'always', max: 800 },
    inputs: relayInputs,
    price: unknownPrice('relays set prices of their own'),
    typicalSeconds: null,
    concurrency: 2,
    cancel: 'stops_watching',
    docs: 'https://yunwu.apifox.cn',
    servedBy: { field: 'kind', in: ['relay'] },
  },
  params: JimengRelayParams,
  inputs: relayInputs,
  shared: { ratio: 'aspect_ratio', resolution: 'size' },
  estimate: () => null,
  seconds: () => null,
  ratio(params, first) {
    const { aspect_ratio: asked } = JimengRelayParams.parse(params)
    return asked === undefined ? (first ? first.width / first.height : 16 / 9) : shapeOf(asked, null)
  },
}

export const models = [standard, pro, relay]
