import type { JobInput } from '../../../src/shared/contract'
import { models } from '../../../src/main/providers/jimeng/models'
import { createBody, submitBody } from '../../../src/main/providers/jimeng/request'
import { holdToReference, type Row } from '../../support/reference'

const first: JobInput = { role: 'first', assetId: '01930000-0000-7000-8000-0000000000f1' }
const last: JobInput = { role: 'last', assetId: '01930000-0000-7000-8000-0000000000f2' }
const reference: JobInput = { role: 'reference', assetId: first.assetId }
const image = ({ assetId }: JobInput) => `image ${assetId}`
const [standard, pro, relay] = ['jimeng-3', 'jimeng-3-pro', 'jimeng-relay'] as const

const common = (model: string): Row[] => [
  { model, field: 'prompt', form: null, prompt: ' 海边 ', wire: ' 海边 ' },
  { model, field: 'binary_data_base64', form: null, inputs: [first], wire: [image(first)] },
  { model, field: 'seed', form: 'seed', params: { seed: 2_147_483_647 }, wire: 2_147_483_647 },
  { model, field: 'frames', form: 'frames', params: { frames: 241 }, wire: 241 },
  { model, field: 'aspect_ratio', form: 'aspect_ratio', params: { aspect_ratio: '21:9' }, wire: '21:9' },
]
const full = { resolution: '1080P' }
const move = { template_id: 'crane_push', camera_strength: 'strong' }
/** The service that such a wish is sent to: resolution, images and camera name it together. */
const service = (wire: string, params: Record<string, unknown>, inputs: JobInput[] = []): Row => ({
  model: standard,
  field: 'req_key',
  form: 'resolution',
  params,
  inputs,
  wire,
})

holdToReference({
  models,
  // Reference D1.1 and D1.2, and B2.4 for a relay's.
  names: [
    'req_key',
    'prompt',
    'image_urls',
    'binary_data_base64',
    'seed',
    'frames',
    'aspect_ratio',
    'template_id',
    'camera_strength',
    'model',
    'size',
    'images',
  ],
  notOffered: {
    image_urls:
      'the same pictures as addresses; Dailies sends their bytes, which need to lie nowhere (either one or the other)',
  },
  rows: [
    service('jimeng_t2v_v30', {}),
    service('jimeng_i2v_first_v30', {}, [first]),
    service('jimeng_i2v_first_tail_v30', {}, [first, last]),
    service('jimeng_i2v_recamera_v30', move, [first]),
    service('jimeng_t2v_v30_1080p', full),
    service('jimeng_i2v_first_v30_1080', full, [first]),
    service('jimeng_i2v_first_tail_v30_1080', full, [first, last]),
    { model: pro, field: 'req_key', form: null, wire: 'jimeng_ti2v_v30_pro' },
    ...common(standard),
    ...common(pro),
    {
      model: standard,
      field: 'binary_data_base64',
      form: null,
      inputs: [last, first],
      wire: [image(first), image(last)],
    },
    {
      model: standard,
      field: 'template_id',
      form: 'template_id',
      params: move,
      inputs: [first],
      wire: 'crane_push',
    },
    {
      model: standard,
      field: 'camera_strength',
      form: 'camera_strength',
      params: move,
      inputs: [first],
      wire: 'strong',
    },
    { model: relay, field: 'model', form: null, wire: 'jimeng-video-3.0' },
    { model: relay, field: 'prompt', form: null, prompt: 'A pier', wire: 'A pier' },
    {
      model: relay,
      field: 'aspect_ratio',
      form: 'aspect_ratio',
      params: { aspect_ratio: '4:3' },
      wire: '4:3',
    },
    { model: relay, field: 'size', form: 'size', params: { size: '720P' }, wire: '720P' },
    { model: relay, field: 'images', form: null, inputs: [reference], wire: [image(reference)] },
  ],
  body: ({ model, ...wish }) =>
    model === relay ? createBody({ model, ...wish }, image) : submitBody({ model, ...wish }, image),
})
