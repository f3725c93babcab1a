import { assets } from './assets'
import { assistant } from './assistant'
import { connections } from './connections'
import { diagnostics } from './diagnostics'
import { jobs } from './jobs'
import { library } from './library'
import { media } from './media'
import { money } from './money'
import { providers } from './providers'
import { queue } from './queue'
import { settings } from './settings'
import { studio } from './studio'
import { updates } from './updates'

/** Everything the page and scripts may ask of the studio; served by both shells. */
export const contract = {
  studio,
  providers,
  connections,
  jobs,
  queue,
  money,
  assets,
  library,
  media,
  settings,
  assistant,
  updates,
  diagnostics,
}
export type Contract = typeof contract

export { AssetInfo } from './assets'
export {
  Ask,
  AskEstimate,
  AskEvent,
  AssistantAction,
  AssistantModel,
  Brief,
  Conversation,
  Exchange,
  Sampling,
  Shot,
  ShotsEvent,
  ShotsWish,
  Style,
  TokenPrice,
  type ParsedAsk,
  type ParsedShotsWish,
} from './assistant-shapes'
export {
  Connection,
  ConnectionDraft,
  KeychainState,
  AskedAgain,
  SecretInfo,
  SecretPlace,
  Stray,
  TestResult,
  TestStep,
} from './connections'
export { DiagnosticsChoice, SupportBundle, SupportFile } from './diagnostics'
export { Done, Id, Money, Price, ProblemData } from './common'
export {
  Approval,
  Charged,
  InputRole,
  JobDetail,
  JobError,
  JobEvent,
  JobInput,
  JobPreview,
  JobRequest,
  JobRow,
  JobState,
  JobVideo,
  VideoFile,
  WaitReason,
  WireRequest,
} from './job'
export {
  FileFate,
  JobCounts,
  JobFilter,
  JobIndexQuery,
  JobIndexSlice,
  JobListQuery,
  JobPage,
  JobSort,
  type ParsedJobFilter,
} from './jobs'
export { BudgetStanding, Month, UsageRow } from './money'
export { LibraryStatus } from './library'
export { MediaOrder, MediaTask } from './media'
export { ConnectionForm, InputRule, ModelInfo, ProviderInfo } from './providers'
export { QueuePlace, QueueState } from './queue'
export { Draft, Settings } from './settings'
export { Capabilities, DesktopCapabilities, Notice, SafeMode, StudioEvent, StudioInfo } from './studio'
export { Release, UpdateState, type UpdateTrouble } from './updates'
