export { startJimeng, type JimengOptions, type JimengSimulator } from './jimeng'
export type { Fault, Place, Seen, State, Task } from './state'
