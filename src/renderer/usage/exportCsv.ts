import i18next from 'i18next'
import { api, problemOf } from '../api'
import { saveFile } from '../saveFile'
import { toast } from '../ui'

/** Hands the jobs of a range to the person as a CSV file. What goes wrong is said. */
export async function exportCsv(from: string | undefined): Promise<void> {
  try {
    const { name, text } = await api.money.csv(from === undefined ? {} : { from })
    saveFile(name, new Blob([text], { type: 'text/csv;charset=utf-8' }))
    toast({ title: i18next.t('usage.exported', { name }), tone: 'done' })
  } catch (error) {
    const { title, hint } = problemOf(error)
    toast({ title, tone: 'error', ...(hint === null ? {} : { body: hint }) })
  }
}
