export { mayPayTwice, showJob } from './again'
export { batchActions } from './batch'
export { canCompare, compare, compareBatch } from './compare'
export { dragOut } from './files'
export {
  canCancel,
  canPause,
  canResume,
  canCheck,
  canRetry,
  hasVideo,
  jobActions,
  onlyStopsWaiting,
  settlingOf,
} from './jobs'
export { LocateHost } from './LocateHost'
export { jobMenu, manyMenu } from './menu'
export { queueActions } from './queue'
export { restart } from './restart'
export { attempt, sayProblem } from './say'
