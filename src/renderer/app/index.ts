export { App } from './App'
export { boot } from './boot'
