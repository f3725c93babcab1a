import type { LibraryStatus, ModelInfo, Notice, ProviderInfo, StudioInfo } from '@shared/contract'
import { create } from 'zustand'
import { api, problemOf, subscribe } from '../api'
import { textOf } from '../messages'
import { toast } from '../ui'

interface StudioState {
  /** Null until the studio has answered. */
  info: StudioInfo | null
  providers: ProviderInfo[]
  /** Every model of every provider, by id. */
  models: Record<string, ModelInfo>
  library: LibraryStatus | null
  notices: Notice[]
  dismissNotice: (id: string) => void
}

/** The studio itself: what it can do, its models, its library folder. */
export const useStudio = create<StudioState>((set, get) => ({
  info: null,
  providers: [],
  models: {},
  library: null,
  notices: [],
  dismissNotice: (id) => {
    const before = get().notices
    set({ notices: before.filter((notice) => notice.id !== id) })
    api.studio.dismissNotice({ id }).catch((error: unknown) => {
      set({ notices: before })
      toast({ title: problemOf(error).title, tone: 'error' })
    })
  },
}))

/** What a model is called; one that nobody can choose, by its name in the catalogue, one that is gone by its id. */
export function nameOf(model: string): string {
  return useStudio.getState().models[model]?.label ?? textOf(`unlisted.${model}`, {}, model)
}

/** Whether nothing may be sent, made or played by itself; also before the studio has answered. */
export function isSafeMode(): boolean {
  return useStudio.getState().info?.safeMode !== null
}

/** Runs `begin` once the studio is known to run as it usually does. */
export function inOrdinaryUse(begin: () => void): void {
  if (!isSafeMode()) {
    begin()
    return
  }
  const stop = useStudio.subscribe(() => {
    if (isSafeMode()) return
    stop()
    begin()
  })
}

/** Reads everything about the studio; called when the connection opens and after a `reload`. */
export async function loadStudio(): Promise<void> {
  const [info, { providers }, library] = await Promise.all([
    api.studio.info(),
    api.providers.list(),
    api.library.status(),
  ])
  const before = useStudio.getState().info
  if (before !== null && before.safeMode !== info.safeMode) {
    // Another run took over: what began in the former one, or was left out, must not outlive it.
    location.reload()
    return
  }
  const models = Object.fromEntries(
    providers.flatMap((provider) => provider.models.map((model) => [model.id, model])),
  )
  useStudio.setState({ info, providers, models, library, notices: info.notices })
}

subscribe((event) => {
  if (event.type === 'library') useStudio.setState({ library: event.library })
  if (event.type === 'notice') {
    const { notice } = event
    useStudio.setState(({ notices }) => ({
      notices: [...notices.filter((other) => other.id !== notice.id), notice],
    }))
  }
})
