export { createAnimatic } from './client'
export { AnimaticParams, animatic, sizeOf } from './models'
export { seedOf, specOf, taskOf } from './request'
