import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { subscribe } from '../api'
import { useCommand } from '../app/commands'
import { useAssistant } from '../state/assistant'
import { hearTalk } from '../state/assistant/talk'
import { canTakeBack, takeBack } from './accept'
import { Panel } from './Panel'

/** Whether what is typed goes into the prompt or nowhere, so that “undo” cannot mean another field. */
function undoIsOurs(): boolean {
  const focused = document.activeElement
  if (!(focused instanceof HTMLTextAreaElement || focused instanceof HTMLInputElement)) return true
  return focused.closest('[data-prompt]') !== null
}

/** The prompt assistant: its panel while it is open, and what it can take back also when it is not. */
export function Assistant() {
  const { t } = useTranslation()
  const open = useAssistant((state) => state.open)
  useEffect(() => subscribe(hearTalk), [])
  useCommand({
    id: 'assistant.undo',
    title: t('assistant.takeBack'),
    group: 'make',
    shortcut: 'Mod+Z',
    enabled: () => canTakeBack() && undoIsOurs(),
    run: takeBack,
  })
  return open ? <Panel /> : null
}
