import { api } from '../../api'
import { assistantChanged, restoreAssistant, useAssistant, writeAssistant } from '../assistant'
import { useStudio } from '../studio'
import { readDraft, writeDraft } from './draft'
import { useComposer, type ComposerState } from './store'

/** Milliseconds after the last change until the draft is saved. */
const settle = 500

const kept = (state: ComposerState) =>
  [
    state.prompt,
    state.models,
    state.params,
    state.inputs,
    state.count,
    state.connections,
    state.collapsed,
  ] as const

/** Resolves when the studio's models are known. */
function studioKnown(): Promise<void> {
  return new Promise((resolve) => {
    const known = () => useStudio.getState().info !== null
    if (known()) return resolve()
    const stop = useStudio.subscribe(() => {
      if (!known()) return
      stop()
      resolve()
    })
  })
}

/** Images of a draft may be gone by now: only those the studio still has come back. */
async function restore(): Promise<void> {
  await studioKnown()
  const kept = await api.settings.draft()
  const draft = readDraft(kept)
  restoreAssistant(kept?.['assistant'])
  const { models, providers } = useStudio.getState()
  const known = draft?.models.filter((id) => models[id]) ?? []
  const first = providers.find((provider) => !provider.needsConnection)?.models[0]
  const checked = await Promise.allSettled(
    (draft?.inputs ?? []).map(async ({ role, asset }) => ({
      role,
      asset: await api.assets.get({ id: asset.id }),
    })),
  )
  const inputs = checked.flatMap((input) => (input.status === 'fulfilled' ? [input.value] : []))
  const now = useComposer.getState()
  useComposer.setState({
    ...(draft && now.prompt === '' ? { prompt: draft.prompt } : {}),
    ...(draft && now.inputs.length === 0 ? { inputs } : {}),
    ...(draft ? { params: { ...draft.params, ...now.params }, count: draft.count } : {}),
    connections: { ...draft?.connections, ...now.connections },
    collapsed: draft?.collapsed ?? false,
    models: now.models.length > 0 ? now.models : known.length > 0 ? known : first ? [first.id] : [],
  })
}

let keeping = false

/**
 * Reads the draft of the last time, the assistant's with it, and from then on keeps the present one: soon after each change, and at once
 * when the page goes away. Once for as long as the page lives, however often it is called.
 */
export function keepDraft(): void {
  if (keeping) return
  keeping = true
  let timer: number | undefined
  let unsaved = false
  const save = () => {
    window.clearTimeout(timer)
    if (!unsaved) return
    unsaved = false
    // A draft that could not be saved is tried again with the next change; nothing else depends on it.
    const assistant = writeAssistant(useAssistant.getState())
    api.settings.saveDraft({ draft: { ...writeDraft(useComposer.getState()), assistant } }).catch(() => {
      unsaved = true
    })
  }
  const changed = () => {
    unsaved = true
    window.clearTimeout(timer)
    timer = window.setTimeout(save, settle)
  }
  useComposer.subscribe((state, before) => {
    if (!state.ready || kept(state).every((value, place) => value === kept(before)[place])) return
    changed()
  })
  useAssistant.subscribe((state, before) => {
    if (useComposer.getState().ready && assistantChanged(state, before)) changed()
  })
  window.addEventListener('pagehide', save)
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') save()
  })
  restore()
    .catch(() => undefined)
    .finally(() => useComposer.setState({ ready: true }))
}
