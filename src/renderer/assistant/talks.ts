import type { Conversation } from '@shared/contract'
import i18next from 'i18next'
import { attempt } from '../actions'
import { api } from '../api'
import { saveFile } from '../saveFile'
import { useAssistant } from '../state/assistant'
import { goTo } from '../state/assistant/talk'
import { confirm, toast } from '../ui'

/** Hands a conversation to the person as a Markdown file. What goes wrong is said. */
export async function exportTalk(id: string): Promise<void> {
  const file = await attempt(() => api.assistant.conversations.export({ id }))
  if (!file) return
  saveFile(file.name, new Blob([file.text], { type: 'text/markdown;charset=utf-8' }))
  toast({ title: i18next.t('assistant.talks.exported', { name: file.name }), tone: 'done' })
}

/** Deletes a conversation after asking; answers whether it is gone. */
export async function removeTalk({ id, title }: Conversation, exchanges: string): Promise<boolean> {
  const t = i18next.t
  const { ok } = await confirm({
    title: t('assistant.talks.remove.title', { title }),
    body: t('assistant.talks.remove.body', { exchanges }),
    action: t('assistant.talks.remove.action'),
    danger: true,
  })
  if (!ok || !(await attempt(() => api.assistant.conversations.remove({ id })))) return false
  if (useAssistant.getState().conversationId === id) {
    goTo(null)
    useAssistant.setState({ tab: 'talks' })
  }
  return true
}
