import { create } from 'zustand'

/** The views that the rail leads to. */
export type Place = 'gallery' | 'queue' | 'connections' | 'usage' | 'settings'
/** What can be shown; videos are compared over the gallery. */
export type View = Place | 'compare'

/** Whether the inspector has a place beside this view: only where jobs are looked at. */
export function hasInspector(view: View): boolean {
  return view === 'gallery' || view === 'queue'
}

interface ViewState {
  view: View
  setView: (view: View) => void
  /** The inspector's place beside the gallery. */
  inspectorOpen: boolean
  setInspectorOpen: (open: boolean) => void
  toggleInspector: () => void
  /** The job that the inspector shows. */
  activeId: string | null
  setActive: (id: string | null) => void
  paletteOpen: boolean
  setPaletteOpen: (open: boolean) => void
  /** What was typed into the palette; kept here because fast hands type before it is on screen. */
  paletteQuery: string
  setPaletteQuery: (query: string) => void
  /** The person wants to see the keys: the settings bring them into sight. */
  keysWanted: boolean
}

/** What the page shows right now; nothing of it outlives the page but the inspector's place. */
export const useView = create<ViewState>((set) => ({
  view: 'gallery',
  setView: (view) => set({ view }),
  inspectorOpen: true,
  setInspectorOpen: (inspectorOpen) => set({ inspectorOpen }),
  toggleInspector: () => set((state) => ({ inspectorOpen: !state.inspectorOpen })),
  activeId: null,
  setActive: (activeId) => set({ activeId }),
  paletteOpen: false,
  setPaletteOpen: (paletteOpen) => set({ paletteOpen, paletteQuery: '' }),
  paletteQuery: '',
  setPaletteQuery: (paletteQuery) => set({ paletteQuery }),
  keysWanted: false,
}))
