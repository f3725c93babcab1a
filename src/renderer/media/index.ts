export { startMediaWorker, type MediaApi } from './orders'
