import type { Settings } from '@shared/contract'
import { create } from 'zustand'
import { api, problemOf, subscribe, type Problem } from '../api'
import { toast } from '../ui'

const defaults: Settings = {
  language: 'system',
  theme: 'system',
  cardSize: 232,
  sort: 'newest',
  nameTemplate: '{date} {model} {words}',
  notify: true,
  hoverPreviews: true,
  inspectorOpen: true,
  queuePaused: false,
  deleteFiles: 'ask',
  confirmAbove: 5_000_000,
  budget: null,
  budgetWarning: 80,
  proxyMode: 'system',
  proxyUrl: '',
  assistant: true,
  assistantConsent: false,
  assistantCeiling: 50_000,
  assistantModel: null,
  tray: false,
  openAtLogin: false,
  startHidden: false,
  spelling: null,
  checkUpdates: true,
}

interface SettingsState {
  settings: Settings
  /** False until the studio has answered; the defaults stand in until then. */
  loaded: boolean
  /** Changes settings at once and tells the studio; taken back with a message where it refuses. */
  set: (patch: Partial<Settings>) => Promise<boolean>
  /** The same for settings whose refusal stands beside their field: what was wrong, null where nothing was. */
  offer: (patch: Partial<Settings>) => Promise<Problem | null>
}

/** The person's choices. */
export const useSettings = create<SettingsState>((set, get) => ({
  settings: defaults,
  loaded: false,
  set: async (patch) => {
    const said = await get().offer(patch)
    if (said === null) return true
    toast({
      title: said.issues[0]?.text ?? said.title,
      tone: 'error',
      ...(said.hint ? { body: said.hint } : {}),
    })
    return false
  },
  offer: async (patch) => {
    const before = get().settings
    set({ settings: { ...before, ...patch } })
    try {
      set({ settings: await api.settings.set(patch) })
      return null
    } catch (error) {
      set({ settings: before })
      return problemOf(error)
    }
  },
}))

/** Reads the settings; called when the connection opens and after a `reload`. */
export async function loadSettings(): Promise<void> {
  useSettings.setState({ settings: await api.settings.get(), loaded: true })
}

subscribe((event) => {
  if (event.type === 'settings') useSettings.setState({ settings: event.settings, loaded: true })
})
