export { createKling, type KlingOptions } from './provider'
