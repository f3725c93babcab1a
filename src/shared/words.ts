// Words without zod, so that the page can use them at no cost.

/** The states of a job; exactly one at a time. */
export const jobStates = [
  'queued',
  'submitting',
  'processing',
  'downloading',
  'completed',
  'failed',
  'cancelling',
  'cancelled',
  'needs_attention',
] as const

/** States in which work goes on; what the gallery calls "running". */
export const runningStates = ['queued', 'submitting', 'processing', 'downloading', 'cancelling'] as const

/** What an input image is for. */
export const inputRoles = ['first', 'last', 'reference', 'mask'] as const

/** Orders of the gallery. */
export const jobSorts = ['newest', 'oldest', 'longest', 'shortest', 'largest', 'costliest'] as const

/** Whether the system's keychain can keep secrets, and if not, why. */
export const keychainStates = ['ready', 'absent', 'locked', 'dismissed', 'denied', 'failed'] as const

/** Where a secret is kept. */
export const secretPlaces = ['keychain', 'session'] as const

/** How one step of a connection's test ended. */
export const testStates = ['ok', 'failed', 'unknown', 'skipped'] as const

/** How a month's spending stands against its budget. */
export const budgetStates = ['none', 'ok', 'warning', 'over'] as const

/** How Dailies reaches the network. */
export const proxyModes = ['system', 'manual', 'none'] as const

/** Camera moves of an animatic. */
export const cameraMoves = [
  'push_in',
  'pull_out',
  'pan_left',
  'pan_right',
  'tilt_up',
  'tilt_down',
  'parallax',
  'hold',
] as const

/** How a camera move gathers and loses speed. */
export const easings = ['linear', 'ease_in_out', 'ease_out', 'ease_in'] as const

/** Where the desktop shell has spellings from. */
export const spellings = ['system', 'download'] as const

/** What the desktop's application menu asks the page to do. */
export const menuCommands = [
  'view.gallery',
  'view.queue',
  'view.connections',
  'view.usage',
  'view.settings',
  'view.inspector',
  'composer.focus',
  'composer.generate',
  'gallery.search',
  'palette.open',
  'updates.check',
  'app.keys',
] as const
export type MenuCommand = (typeof menuCommands)[number]

/** What can happen to a job; each has its words in the page's catalogue, `event.<kind>`. */
export const jobEventKinds = [
  'created',
  'waiting',
  'submitting',
  'resubmitting',
  'unanswered',
  'never_arrived',
  'requeued',
  'accepted',
  'poll_failed',
  'delayed',
  'made',
  'renewed',
  'interrupted',
  'completed',
  'failed',
  'cancel_requested',
  'cancel_failed',
  'cancel_too_late',
  'cancelled',
  'stopped_watching',
  'needs_attention',
  'recovered',
  'adopted',
  'imported',
  'located',
  'checked_again',
  'dismissed',
  'fetched_again',
  'watched_again',
  'paused',
  'resumed',
  'put_back',
] as const
export type JobEventKind = (typeof jobEventKinds)[number]

/** What can be asked of the assistant; each has its words in the page's catalogue, `assistant.action.<action>`. */
export const assistantActions = [
  'chat',
  'improve',
  'expand',
  'shorten',
  'translate',
  'variations',
  'critique',
  'describe',
  'fit',
] as const

/** How an exchange with the assistant stands: `refused` by the model's own filters, `broken` in the middle of the answer. */
export const exchangeStates = ['streaming', 'done', 'stopped', 'broken', 'failed', 'refused'] as const

/** Whether an account may use a model. */
export const assistantModelStates = ['ready', 'no_access', 'legacy', 'retired'] as const

/** What there is to say of a model beside its state. */
export const assistantModelNotes = [
  'no_access',
  'pending',
  'retiring',
  'retired',
  'not_here',
  'retention',
  'no_price',
] as const

/** Why an answer is waited for before its first word. */
export const assistantWaits = ['throttled', 'unavailable', 'not_ready', 'network'] as const

/** The styles that are there from the start. */
export const assistantStyles = ['cinematic', 'product', 'anime'] as const

/** Languages a prompt can be wanted in. */
export const promptLanguages = ['en', 'zh', 'ja', 'ko', 'es', 'fr', 'de', 'pt'] as const
