export { createWan22, type WanOptions } from './provider'
