export { createMediaTasks } from './tasks'
export { createDerivatives } from './derivatives'
export type { Derivatives, MediaTasks, MediaTaskState } from './types'
export { Shelf, type Finished } from './shelf'
