export { createJimeng, type JimengOptions } from './provider'
