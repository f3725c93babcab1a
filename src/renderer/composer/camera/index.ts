export { CameraControl } from './CameraControl'
export { moveText } from './words'
