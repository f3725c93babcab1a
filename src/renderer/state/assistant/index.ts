export { assistantProvider, useAccount, useAccounts } from './account'
export {
  assistantChanged,
  assistantTabs,
  closeAssistant,
  openBrief,
  openAssistant,
  restoreAssistant,
  useAssistant,
  writeAssistant,
  type AssistantDraft,
  type AssistantTab,
  type PromptLanguage,
  type SamplingWish,
  type ShotRow,
} from './draft'
