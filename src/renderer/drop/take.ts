import type { InputRole } from '@shared/contract'
import i18next from 'i18next'
import { api, problemOf } from '../api'
import { importInto, useComposer } from '../state/composer'
import { useView } from '../state/view'
import { toast } from '../ui'
import { askFitIfOutside } from './fit'

/** Takes one image file into a role, and offers a crop when it lies outside what a chosen model takes. */
export async function takeOne(role: InputRole, file: File): Promise<void> {
  useView.getState().setView('gallery')
  if (!(await importInto(role, file))) return
  const input = useComposer.getState().inputs.findLast((own) => own.role === role)
  if (input) askFitIfOutside(input.asset.id)
}

/** Takes the last frame of a finished video into a role. */
export async function takeLastFrame(role: InputRole, jobId: string): Promise<void> {
  try {
    const asset = await api.assets.fromLastFrame({ id: jobId })
    useComposer.getState().addInput(role, asset)
    askFitIfOutside(asset.id)
  } catch (error) {
    const { title, hint } = problemOf(error)
    toast({ title, tone: 'error', ...(hint === null ? {} : { body: hint }) })
  }
}

/** Says why nothing was taken. */
export function refuse(key: 'drop.notImages' | 'drop.address'): void {
  toast({ title: i18next.t(key), tone: 'error' })
}
