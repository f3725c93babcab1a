export type { Fault, Operation } from './faults'
export { startKling, type KlingSimulator, type KlingSimulatorOptions } from './kling'
