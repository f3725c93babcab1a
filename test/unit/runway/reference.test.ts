import type { JobInput } from '../../../src/shared/contract'
import { models, relayTurbo } from '../../../src/main/providers/runway/models'
import { createOf } from '../../../src/main/providers/runway/request'
import { holdToReference, type Row } from '../../support/reference'
import { firstId, lastId, row } from './kit'

const first: JobInput = { role: 'first', assetId: firstId }
const last: JobInput = { role: 'last', assetId: lastId }
const uri = ({ assetId }: JobInput) => `https://images.example.com/${assetId}.jpg`
const [turbo, gen45, veo, fast, relay] = [
  ['runway-gen4-turbo', 'gen4_turbo'],
  ['runway-gen4-5', 'gen4.5'],
  ['runway-veo3-1', 'veo3.1'],
  ['runway-veo3-1-fast', 'veo3.1_fast'],
  ['runway-relay-gen4-turbo', 'runwayml-gen4_turbo-10'],
] as const

const common = ([model, name]: readonly [string, string], ratio: string, duration: number): Row[] => [
  { model, field: 'model', form: null, params: { duration }, inputs: [first], wire: name },
  { model, field: 'promptImage', form: null, inputs: [first], wire: uri(first) },
  { model, field: 'promptText', form: null, prompt: ' A heron ', inputs: [first], wire: ' A heron ' },
  { model, field: 'ratio', form: 'ratio', params: { ratio }, inputs: [first], wire: ratio },
  { model, field: 'duration', form: 'duration', params: { duration }, inputs: [first], wire: duration },
  {
    model,
    field: 'seed',
    form: 'seed',
    params: { seed: 4_294_967_295 },
    inputs: [first],
    wire: 4_294_967_295,
  },
]
const moderation = ([model]: readonly [string, string]): Row => ({
  model,
  field: 'contentModeration.publicFigureThreshold',
  form: 'publicFigureThreshold',
  params: { publicFigureThreshold: 'low' },
  inputs: [first],
  wire: 'low',
})
const veos = ([model]: readonly [string, string]): Row[] => [
  { model, field: 'audio', form: 'audio', params: { audio: false }, wire: false },
  {
    model,
    field: 'negativePrompt',
    form: 'negativePrompt',
    params: { negativePrompt: 'rain' },
    wire: 'rain',
  },
  {
    model,
    field: 'promptImage',
    form: null,
    inputs: [last, first],
    wire: [
      { uri: uri(first), position: 'first' },
      { uri: uri(last), position: 'last' },
    ],
  },
]

holdToReference({
  models,
  // Reference B1.2 for the four models, and B2.1 for a relay's.
  names: [
    'model',
    'promptImage',
    'promptText',
    'ratio',
    'duration',
    'seed',
    'contentModeration.publicFigureThreshold',
    'outputFormat',
    'proresProfile',
    'audio',
    'negativePrompt',
    'watermark',
  ],
  notOffered: {},
  rows: [
    ...common(turbo, '1584:672', 9),
    ...common(gen45, '832:1104', 2),
    ...common(veo, '1080:1920', 8),
    ...common(fast, '1920:1080', 6),
    ...common(relay, '1280:768', 10),
    ...[turbo, gen45].map(moderation),
    ...[veo, fast].flatMap(veos),
    {
      model: gen45[0],
      field: 'outputFormat',
      form: 'outputFormat',
      params: { outputFormat: 'hdr_pq_12bit_master' },
      wire: 'hdr_pq_12bit_master',
    },
    {
      model: gen45[0],
      field: 'proresProfile',
      form: 'proresProfile',
      params: { outputFormat: 'hdr_prores', proresProfile: '422 HQ' },
      wire: '422 HQ',
    },
    {
      model: relay[0],
      field: 'watermark',
      form: 'watermark',
      params: { watermark: true },
      inputs: [first],
      wire: true,
    },
  ],
  body: ({ model, ...wish }) =>
    createOf(row(model, wish), model === relayTurbo.info.id ? 'relay' : 'official', uri).body,
})
