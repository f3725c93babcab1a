import type { Conversation } from '@shared/contract'
import i18next from 'i18next'
import { attempt } from '../actions'
import { api } from '../api'
import { useAssistant } from '../state/assistant'
import { goTo } from '../state/assistant/talk'
import { confirm, toast } from '../ui'

/** How long the browser has to take the file up before its memory is given back. */
const keptMs = 60_000

/** Hands a conversation to the person as a Markdown file. What goes wrong is said. */
export async function exportTalk(id: string): Promise<void> {
  const file = await attempt(() => api.assistant.conversations.export({ id }))
  if (!file) return
  const address = URL.createObjectURL(new Blob([file.text], { type: 'text/markdown;charset=utf-8' }))
  const link = document.createElement('a')
  link.href = address
  link.download = file.name
  link.click()
  window.setTimeout(() => URL.revokeObjectURL(address), keptMs)
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
