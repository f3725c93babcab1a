export { startRunway, type RunwayOptions, type RunwaySimulator } from './runway'
export type { Behaviour, Fault, Operation, RelayShape, SeenRequest, SimTask, Uploaded } from './state'
