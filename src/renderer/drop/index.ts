export { DropLayer } from './DropLayer'
export { jobType } from './dragged'
export { downloadOf } from './dropped'
