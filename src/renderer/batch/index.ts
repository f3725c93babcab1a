export { openBatch, openBatchFrom, openBatchOf, openBatchWith, useBatch } from './store'
