import type { JobInput } from '../../../src/shared/contract'
import { klingModels } from '../../../src/main/providers/kling/models'
import { bodyOf } from '../../../src/main/providers/kling/request'
import { holdToReference, type Row } from '../../support/reference'
import { firstId, jobRow, lastId, maskIds, token } from './kit'

const first: JobInput = { role: 'first', assetId: firstId }
const last: JobInput = { role: 'last', assetId: lastId }
const [still = '', moving = ''] = maskIds
const masks: JobInput[] = [still, moving].map((assetId) => ({ role: 'mask', assetId }))
const path = [
  { x: 1, y: 2 },
  { x: 30, y: 40 },
]
const motion = { static_mask: still, dynamic_masks: [{ mask: moving, trajectories: path }] }
const image = (id: string) => `bytes of ${id}`

/** What the models of the older API have in common. */
const common = (model: string, text: boolean): Row[] => [
  { model, field: 'model_name', form: null, ...(text ? {} : { inputs: [first] }), wire: model },
  { model, field: 'mode', form: 'mode', params: { mode: 'pro' }, wire: 'pro' },
  { model, field: 'duration', form: 'duration', params: { duration: 10 }, wire: '10' },
  {
    model,
    field: 'negative_prompt',
    form: 'negative_prompt',
    params: { negative_prompt: ' rain ' },
    wire: ' rain ',
  },
  { model, field: 'watermark_info.enabled', form: 'watermark', params: { watermark: true }, wire: true },
  { model, field: 'image', form: null, inputs: [first], wire: image(firstId) },
  {
    model,
    field: 'image_tail',
    form: null,
    params: { mode: model === 'kling-v1' ? 'std' : 'pro' },
    inputs: [first, last],
    wire: image(lastId),
  },
]
const ratio = (model: string): Row => ({
  model,
  field: 'aspect_ratio',
  form: 'aspect_ratio',
  params: { aspect_ratio: '9:16' },
  wire: '9:16',
})
const cfg = (model: string): Row => ({
  model,
  field: 'cfg_scale',
  form: 'cfg_scale',
  params: { cfg_scale: 0.25 },
  wire: 0.25,
})
const sounding = { mode: 'pro', sound: 'on' }
const sound = (model: string): Row[] => [
  { model, field: 'sound', form: 'sound', params: sounding, wire: 'on' },
  {
    model,
    field: 'voice_list',
    form: 'voices',
    params: { ...sounding, voices: 'a, b' },
    wire: [{ voice_id: 'a' }, { voice_id: 'b' }],
  },
]
const shots = {
  shot_type: 'customize',
  multi_prompt: [
    { prompt: 'A door', duration: 2 },
    { prompt: 'A hall', duration: 3 },
  ],
}
const turbo = 'kling-v3-turbo'

holdToReference({
  models: klingModels,
  // Reference C.2 "Body fields", and C.3 for Kling 3.0 Turbo.
  names: [
    'model_name',
    'prompt',
    'negative_prompt',
    'cfg_scale',
    'mode',
    'duration',
    'aspect_ratio',
    'image',
    'image_tail',
    'sound',
    'voice_list',
    'static_mask',
    'dynamic_masks',
    'camera_control',
    'multi_shot',
    'shot_type',
    'multi_prompt',
    'element_list',
    'watermark_info.enabled',
    'callback_url',
    'external_task_id',
    'contents',
    'settings.resolution',
    'settings.aspect_ratio',
    'settings.duration',
    'settings.audio',
    'options.external_task_id',
    'options.callback_url',
    'options.watermark_info.enabled',
  ],
  notOffered: {
    callback_url: 'a desktop program has no address that Kling could call; it polls',
    'options.callback_url': 'likewise',
    'settings.audio': '3.0 Turbo always makes sound',
  },
  rows: [
    ...common('kling-v1', true),
    ...common('kling-v1-6', true),
    ...common('kling-v2-1', false),
    ...common('kling-v2-5-turbo', true),
    ...common('kling-v2-6', true),
    ...common('kling-v3', true),
    ...['kling-v1', 'kling-v1-6', 'kling-v2-5-turbo', 'kling-v2-6', 'kling-v3'].map(ratio),
    ...['kling-v1', 'kling-v1-6'].map(cfg),
    ...['kling-v2-6', 'kling-v3'].flatMap(sound),
    { model: 'kling-v3', field: 'mode', form: 'mode', params: { mode: '4k' }, wire: '4k' },
    { model: 'kling-v3', field: 'duration', form: 'duration', params: { duration: 13 }, wire: '13' },
    { model: 'kling-v1', field: 'prompt', form: null, prompt: ' A storm ', wire: ' A storm ' },
    { model: 'kling-v1', field: 'external_task_id', form: null, wire: token },
    {
      model: 'kling-v1',
      field: 'static_mask',
      form: 'motion',
      params: { motion },
      inputs: [first, ...masks],
      wire: image(still),
    },
    {
      model: 'kling-v1',
      field: 'dynamic_masks',
      form: 'motion',
      params: { motion },
      inputs: [first, ...masks],
      wire: [{ mask: image(moving), trajectories: path }],
    },
    {
      model: 'kling-v1',
      field: 'camera_control',
      form: 'camera_control',
      params: { camera_control: { type: 'simple', config: { tilt: -10 } } },
      wire: { type: 'simple', config: { tilt: -10 } },
    },
    {
      model: 'kling-v3',
      field: 'multi_shot',
      form: 'multi_shot',
      params: { multi_shot: { shot_type: 'intelligence' } },
      wire: true,
    },
    {
      model: 'kling-v3',
      field: 'shot_type',
      form: 'multi_shot',
      params: { multi_shot: shots },
      wire: 'customize',
    },
    {
      model: 'kling-v3',
      field: 'multi_prompt',
      form: 'multi_shot',
      params: { multi_shot: shots },
      wire: [
        { index: 1, prompt: 'A door', duration: '2' },
        { index: 2, prompt: 'A hall', duration: '3' },
      ],
    },
    {
      model: 'kling-v3',
      field: 'element_list',
      form: 'elements',
      params: { elements: '7,8' },
      inputs: [first],
      wire: [{ element_id: 7 }, { element_id: 8 }],
    },
    { model: turbo, field: 'prompt', form: null, prompt: 'A storm', wire: 'A storm' },
    {
      model: turbo,
      field: 'contents',
      form: null,
      prompt: '',
      inputs: [first],
      wire: [{ type: 'first_frame', url: image(firstId) }],
    },
    {
      model: turbo,
      field: 'settings.resolution',
      form: 'resolution',
      params: { resolution: '1080p' },
      wire: '1080p',
    },
    { model: turbo, field: 'settings.duration', form: 'duration', params: { duration: 15 }, wire: 15 },
    {
      model: turbo,
      field: 'settings.aspect_ratio',
      form: 'aspect_ratio',
      params: { aspect_ratio: '1:1' },
      wire: '1:1',
    },
    { model: turbo, field: 'options.external_task_id', form: null, wire: token },
    {
      model: turbo,
      field: 'options.watermark_info.enabled',
      form: 'watermark',
      params: { watermark: false },
      wire: false,
    },
  ],
  body: (wish) => bodyOf(jobRow(wish), image),
})
