import i18next from 'i18next'
import { api, problemOf } from '../api'
import { toast } from '../ui'

/** How long the browser has to take the file up before its memory is given back. */
const keptMs = 60_000

/** Hands the jobs of a range to the person as a CSV file. What goes wrong is said. */
export async function exportCsv(from: string | undefined): Promise<void> {
  try {
    const { name, text } = await api.money.csv(from === undefined ? {} : { from })
    const address = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }))
    const link = document.createElement('a')
    link.href = address
    link.download = name
    link.click()
    window.setTimeout(() => URL.revokeObjectURL(address), keptMs)
    toast({ title: i18next.t('usage.exported', { name }), tone: 'done' })
  } catch (error) {
    const { title, hint } = problemOf(error)
    toast({ title, tone: 'error', ...(hint === null ? {} : { body: hint }) })
  }
}
