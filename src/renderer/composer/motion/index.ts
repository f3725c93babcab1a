export { closeBrush, openBrush, useBrush } from './brush'
