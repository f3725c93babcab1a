export { openBatch, openBatchFrom, openBatchWith, useBatch } from './store'
