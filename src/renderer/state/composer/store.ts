import type { AssetInfo, InputRole, JobDetail, ModelInfo } from '@shared/contract'
import i18next from 'i18next'
import { useMemo } from 'react'
import { create } from 'zustand'
import { api, problemOf, type Problem } from '../../api'
import { approve } from '../../money'
import { toast } from '../../ui'
import { connectionIdFor, needOf, useConnections, usable } from '../connections'
import { useStudio } from '../studio'
import { useView } from '../view'
import { readParams, type ComposerDraft } from './draft'
import { fieldsOf, type HeldValue, type Params, type ParamValue } from './fields'
import { slotsOf, swapped, withInput, type ComposerInput } from './inputs'
import { paired } from './pairs'
import { withoutPainted } from './painted'
import { requestsOf, type Composition } from './requests'
import { carriedOver, setOver, type Form, type Setting } from './settings'

/** An image on its way in. */
export interface Upload {
  number: number
  name: string
  role: InputRole
}

export interface ComposerState extends ComposerDraft {
  /** The draft of the last time has been read; until then nothing is saved over it. */
  ready: boolean
  uploads: Upload[]
  sending: boolean
  /** What the last press was refused with; gone with the next change. */
  refusal: Problem | null
  /** How many jobs the last press made; said for a moment. */
  sent: number | null
  /** Counts up when the prompt field is asked to take the focus. */
  focusAsked: number

  setPrompt: (prompt: string) => void
  addModel: (id: string) => void
  removeModel: (id: string) => void
  /** Sets a shared setting in every model that takes it; undefined leaves it to the model. */
  setSetting: (setting: Setting, value: ParamValue | undefined) => void
  setParam: (model: string, name: string, value: HeldValue | undefined) => void
  setCount: (count: number) => void
  /** Chooses the connection that jobs go through; `need` is the key of what it serves. */
  setConnection: (need: string, id: string) => void
  setCollapsed: (collapsed: boolean) => void
  addInput: (role: InputRole, asset: AssetInfo) => void
  removeInput: (role: InputRole, assetId: string) => void
  /** Puts another image in the place of one, as a crop does. */
  replaceInput: (assetId: string, asset: AssetInfo) => void
  swapFrames: () => void
  /** Takes the place of what stands here; answers what stood here, for an undo. */
  fill: (composition: Composition) => Composition
  /** Fills the composer with what a job was made of; answers what stood here before. */
  reuse: (detail: JobDetail, options: { newSeed: boolean }) => Promise<Composition>
  clear: () => Composition
  focus: () => void
  /** Says that jobs were made, and shows the first where nothing else is shown. */
  tellSent: (jobs: readonly { id: string }[]) => void
  /** Asks for all of it as one batch. Nothing of the composer is lost when it is refused. */
  generate: () => Promise<void>
}

/** How long it is said that jobs were made. */
const sentMs = 4000

const touched = { refusal: null, sent: null }

/** The models of the studio that are chosen, in the order of choosing. */
export function chosen(ids: readonly string[]): ModelInfo[] {
  const { models } = useStudio.getState()
  return ids.flatMap((id) => models[id] ?? [])
}

/** Models with their forms. */
export function formsOf(models: readonly ModelInfo[]): Form[] {
  return models.map((model) => ({ model: model.id, fields: paired(fieldsOf(model.params)) }))
}

/** {@link chosen} for a component: follows the choice and the studio's models. */
export function useChosen(): ModelInfo[] {
  const ids = useComposer((state) => state.models)
  const models = useStudio((state) => state.models)
  return useMemo(() => ids.flatMap((id) => models[id] ?? []), [ids, models])
}

function compositionOf(from: Composition): Composition {
  const { prompt, models, params, inputs, count, connections } = from
  return { prompt, models, params, inputs, count, connections }
}

/** The chosen connections with a job's own among them, where it may still be used. */
function withConnectionOf(detail: JobDetail, chosen: Composition['connections']): Composition['connections'] {
  const { connections } = useConnections.getState()
  const need = needOf(useStudio.getState().providers, detail.model)
  const own = need && usable(connections, need).find(({ id }) => id === detail.connectionId)
  return need && own ? { ...chosen, [need.key]: own.id } : chosen
}

function withoutSeed(model: ModelInfo | undefined, params: Params): Params {
  const seeds = model ? fieldsOf(model.params).filter((field) => field.control === 'seed') : []
  return Object.fromEntries(
    Object.entries(params).filter(([name]) => !seeds.some((field) => field.name === name)),
  )
}

async function inputsOf(detail: JobDetail): Promise<ComposerInput[]> {
  // Masks come with the parameter that they were painted for.
  const shown = detail.inputs.filter(({ role }) => role !== 'mask')
  const found = await Promise.all(
    shown.map(async ({ role, assetId }) => ({ role, asset: await api.assets.get({ id: assetId }) })),
  )
  return found
}

export const useComposer = create<ComposerState>((set, get) => ({
  prompt: '',
  models: [],
  params: {},
  inputs: [],
  count: 1,
  connections: {},
  collapsed: false,
  ready: false,
  uploads: [],
  sending: false,
  refusal: null,
  sent: null,
  focusAsked: 0,

  setPrompt: (prompt) => set({ prompt, ...touched }),
  addModel: (id) =>
    set(({ models, params }) => {
      const [joining] = formsOf(chosen([id]))
      if (!joining || models.includes(id)) return {}
      const own = carriedOver(params, formsOf(chosen(models)), joining)
      return { models: [...models, id], params: { ...params, [id]: own }, ...touched }
    }),
  removeModel: (id) => set(({ models }) => ({ models: models.filter((own) => own !== id), ...touched })),
  setSetting: (setting, value) =>
    set(({ params }) => ({ params: setOver(params, setting, value), ...touched })),
  setParam: (model, name, value) =>
    set(({ params }) => {
      const { [name]: _before, ...others } = params[model] ?? {}
      const own = value === undefined ? others : { ...others, [name]: value }
      return { params: { ...params, [model]: own }, ...touched }
    }),
  setCount: (count) => set({ count, ...touched }),
  setConnection: (need, id) =>
    set(({ connections }) => ({ connections: { ...connections, [need]: id }, ...touched })),
  setCollapsed: (collapsed) => set({ collapsed }),

  addInput: (role, asset) =>
    set(({ models, inputs }) => {
      const slot = slotsOf(chosen(models), inputs).find((own) => own.role === role)
      return { inputs: withInput(inputs, { role, asset }, slot?.max ?? 1), ...touched }
    }),
  removeInput: (role, assetId) =>
    set(({ inputs }) => ({
      inputs: inputs.filter((input) => input.role !== role || input.asset.id !== assetId),
      ...touched,
    })),
  replaceInput: (assetId, asset) =>
    set(({ inputs }) => ({
      inputs: inputs.map((input) => (input.asset.id === assetId ? { ...input, asset } : input)),
      ...touched,
    })),
  swapFrames: () => set(({ inputs }) => ({ inputs: swapped(inputs), ...touched })),

  fill: (composition) => {
    const before = compositionOf(get())
    set({ ...compositionOf(composition), ...touched })
    return before
  },
  reuse: async (detail, { newSeed }) => {
    const inputs = await inputsOf(detail)
    const [model] = chosen([detail.model])
    const params = readParams(detail.params)
    const own = newSeed ? withoutSeed(model, params) : params
    if (!model) toast({ title: i18next.t('composer.modelGone', { model: detail.model }) })
    const { models, params: all, count, connections } = get()
    const { fill } = get()
    return fill({
      prompt: detail.prompt,
      models: model ? [model.id] : models,
      params: model ? { ...all, [model.id]: own } : all,
      inputs,
      count: newSeed ? count : 1,
      connections: withConnectionOf(detail, connections),
    })
  },
  clear: () => {
    const { fill, ...state } = get()
    return fill({
      ...compositionOf(state),
      params: withoutPainted(state.params),
      prompt: '',
      inputs: [],
      count: 1,
    })
  },
  focus: () => set(({ focusAsked }) => ({ focusAsked: focusAsked + 1 })),

  tellSent: (jobs) => {
    set({ sent: jobs.length, refusal: null })
    window.setTimeout(() => set(({ sent }) => (sent === jobs.length ? { sent: null } : {})), sentMs)
    const { activeId, setActive } = useView.getState()
    if (activeId === null && jobs[0]) setActive(jobs[0].id)
  },
  generate: async () => {
    if (get().sending) return
    set({ sending: true, ...touched })
    try {
      // What is said yes to is what was asked about, whatever is changed meanwhile.
      const requests = requestsOf(get(), connectionIdFor)
      const made = await approve((approved) => api.jobs.createMany({ requests, ...approved }), {
        verb: 'generate',
        models: chosen(get().models).map(({ label }) => label),
      })
      if (made) get().tellSent(made.jobs)
    } catch (error) {
      set({ refusal: problemOf(error) })
    } finally {
      set({ sending: false })
    }
  },
}))
