export { createDiagnostics } from './create'
export type { Diagnostics } from './types'
