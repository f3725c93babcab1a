import type { SupportBundle } from '@shared/contract'
import i18next from 'i18next'
import { attempt, sayProblem } from '../actions'
import { api } from '../api'
import { saveFile } from '../saveFile'
import { useStudio } from '../state/studio'
import { toast } from '../ui'

/** Copies the report as plain text; says so, or why not. */
export async function copyDiagnostics(): Promise<void> {
  const report = await attempt(() => api.diagnostics.report())
  if (report === null) return
  try {
    await navigator.clipboard.writeText(report.text)
    toast({ title: i18next.t('diagnostics.copied'), tone: 'done' })
  } catch {
    toast({ title: i18next.t('diagnostics.notCopied'), tone: 'error' })
  }
}

/** Saves a bundle that was shown: by the system's dialog, or as a download. True when it is on its way. */
export async function saveBundle({ id, name }: SupportBundle): Promise<boolean> {
  try {
    if (useStudio.getState().info?.capabilities.dialogs) {
      const saved = await api.diagnostics.save({ id })
      if (saved === null) return false
    } else {
      saveFile(name, await api.diagnostics.download({ id }))
    }
    toast({ title: i18next.t('diagnostics.saved', { name }), tone: 'done' })
    return true
  } catch (error) {
    sayProblem(error)
    return false
  }
}
