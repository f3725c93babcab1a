export { createNotices } from './notices'
export { fromStudio, problemBody, toProblem, type Problem } from './problems'
export { createRouter, type Router } from './router'
export type { Services } from './services'
