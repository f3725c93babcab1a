export { DropLayer } from './DropLayer'
export { jobType } from './dragged'
