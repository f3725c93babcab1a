export { createContent, type ContentDeps } from './content'
