export {
  assistantChanged,
  assistantTabs,
  closeAssistant,
  openAssistant,
  restoreAssistant,
  useAssistant,
  writeAssistant,
  type AssistantDraft,
  type AssistantTab,
  type PromptLanguage,
  type ShotRow,
} from './draft'
