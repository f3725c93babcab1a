import type { JobInput } from '../../../src/shared/contract'
import { wan22 } from '../../../src/main/providers/wan22/models'
import { predictBody } from '../../../src/main/providers/wan22/request'
import { holdToReference, type Row } from '../../support/reference'
import { firstId } from '../luma-ray2/kit'
import { wanJob } from './kit'

const model = 'wan22-ti2v-5b'
const first: JobInput = { role: 'first', assetId: firstId }
const set = (field: string, value: unknown): Row => ({
  model,
  field,
  form: field,
  params: { [field]: value },
  wire: value,
})

holdToReference({
  models: [wan22],
  // Reference A.7: the arguments of the deployed function.
  names: [
    'prompt',
    'negative_prompt',
    'height',
    'width',
    'num_frames',
    'num_inference_steps',
    'guidance_scale',
    'fps',
    'seed',
    'image_url',
    'image_base64',
    'model_id',
    'use_cpu_offload',
  ],
  notOffered: {
    model_id: 'another model than the one that is offered here',
    use_cpu_offload: 'how the GPU is used, not the video; the app decides it by itself (null)',
  },
  rows: [
    { model, field: 'prompt', form: null, prompt: ' 一只猫 ', wire: ' 一只猫 ' },
    set('negative_prompt', ' rain '),
    set('height', 1280),
    set('width', 704),
    set('num_frames', 25),
    set('num_inference_steps', 100),
    set('guidance_scale', 7.5),
    set('fps', 60),
    set('seed', 4_294_967_295),
    set('image_url', 'https://images.example.com/a.jpg'),
    { model, field: 'image_base64', form: null, inputs: [first], wire: 'iVBORw0KGgo' },
  ],
  body: (wish) => predictBody(wanJob(wish), () => 'iVBORw0KGgo'),
})
