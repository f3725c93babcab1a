export { openHistory, type HistoryOptions } from './open'
export type * from './types'
