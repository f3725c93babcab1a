export { createLumaRay2, type LumaOptions } from './provider'
