export { plainNotes } from './notes'
export { UpdateError, type OffReason, type Updater, type UpdateWay } from './types'
export { createUpdates, type Updates, type UpdatesOptions } from './updates'
