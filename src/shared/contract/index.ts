import { assets } from './assets'
import { jobs } from './jobs'
import { library } from './library'
import { media } from './media'
import { providers } from './providers'
import { settings } from './settings'
import { studio } from './studio'

/** Everything the page and scripts may ask of the studio; served by both shells. */
export const contract = { studio, providers, jobs, assets, library, media, settings }
export type Contract = typeof contract

export { AssetInfo } from './assets'
export { Done, Id, Money, ProblemData } from './common'
export {
  Charged,
  FileFate,
  InputRole,
  JobCounts,
  JobDetail,
  JobError,
  JobEvent,
  JobFilter,
  JobIndexQuery,
  JobIndexSlice,
  JobInput,
  JobListQuery,
  JobPage,
  JobPreview,
  JobRequest,
  JobRow,
  JobSort,
  JobState,
  JobVideo,
  WaitReason,
  WireRequest,
  type ParsedJobFilter,
} from './jobs'
export { LibraryStatus } from './library'
export { MediaOrder, MediaTask } from './media'
export { InputRule, ModelInfo, Price, ProviderInfo } from './providers'
export { Draft, Settings } from './settings'
export { Capabilities, Notice, StudioEvent, StudioInfo } from './studio'
