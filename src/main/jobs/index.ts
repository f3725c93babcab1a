export { createJobs } from './create'
export type { JobDeps } from './engine'
export type { Jobs } from './types'
