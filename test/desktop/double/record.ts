/** What the program asked of the system, in the order it asked. A test reads it with `recorded()`. */
export interface Recorded {
  /** Schemes registered as privileged, and whether that was before the application was ready. */
  schemes: { scheme: string; privileges: Record<string, unknown>; beforeReady: boolean }[]
  drags: { file: string; files: string[]; icon: { width: number; height: number; empty: boolean } }[]
  dialogs: { kind: 'open' | 'save' | 'message'; options: Record<string, unknown>; parent: number | null }[]
  errorBoxes: { title: string; content: string }[]
  opened: { how: 'external' | 'path' | 'reveal' | 'trash'; what: string }[]
  notifications: {
    id: number
    title: string
    body: string
    icon: string | null
    actions: string[]
    shown: boolean
  }[]
  badge: number
  dock: { badge: string; bounces: number }
  /** Of the last window: -1 is none. */
  progress: { value: number; mode: string | null }
  overlay: { description: string; empty: boolean } | null
  flashing: boolean
  tray: { tip: string; destroyed: boolean; icon: boolean }[]
  popups: number
  protocolClients: string[]
  loginItem: Record<string, unknown> | null
  recentDocuments: string[]
  switches: Record<string, string>
  /** Kinds of the sleep blockers that hold now. */
  awake: string[]
  /** `fetched` are the dictionaries that Chromium asked for, with the status it was answered. */
  spelling: {
    enabled: boolean
    languages: string[]
    from: string
    added: string[]
    fetched: [name: string, status: number | null][]
  }
  replaced: string[]
  crashReporter: Record<string, unknown> | null
  relaunches: string[][]
  aboutShown: number
  clipboard: string
  names: { name: string; userModelId: string }
  /** Faults of the double itself, that a test must not overlook. */
  faults: string[]
}

export const record: Recorded = {
  schemes: [],
  drags: [],
  dialogs: [],
  errorBoxes: [],
  opened: [],
  notifications: [],
  badge: 0,
  dock: { badge: '', bounces: 0 },
  progress: { value: -1, mode: null },
  overlay: null,
  flashing: false,
  tray: [],
  popups: 0,
  protocolClients: [],
  loginItem: null,
  recentDocuments: [],
  switches: {},
  awake: [],
  spelling: { enabled: true, languages: [], from: '', added: [], fetched: [] },
  replaced: [],
  crashReporter: null,
  relaunches: [],
  aboutShown: 0,
  clipboard: '',
  names: { name: 'Electron', userModelId: '' },
  faults: [],
}
