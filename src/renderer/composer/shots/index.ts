export { ShotsControl } from './ShotsControl'
export { shotsText } from './words'
