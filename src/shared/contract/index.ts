import { assets } from './assets'
import { connections } from './connections'
import { jobs } from './jobs'
import { library } from './library'
import { media } from './media'
import { money } from './money'
import { providers } from './providers'
import { settings } from './settings'
import { studio } from './studio'

/** Everything the page and scripts may ask of the studio; served by both shells. */
export const contract = {
  studio,
  providers,
  connections,
  jobs,
  money,
  assets,
  library,
  media,
  settings,
}
export type Contract = typeof contract

export { AssetInfo } from './assets'
export {
  Connection,
  ConnectionDraft,
  KeychainState,
  SecretInfo,
  SecretPlace,
  Stray,
  TestResult,
  TestStep,
} from './connections'
export { Done, Id, Money, Price, ProblemData } from './common'
export {
  Approval,
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
export { BudgetStanding, Month, UsageRow } from './money'
export { LibraryStatus } from './library'
export { MediaOrder, MediaTask } from './media'
export { ConnectionForm, InputRule, ModelInfo, ProviderInfo } from './providers'
export { Draft, Settings } from './settings'
export { Capabilities, Notice, StudioEvent, StudioInfo } from './studio'
