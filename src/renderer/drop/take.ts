import type { InputRole } from '@shared/contract'
import i18next from 'i18next'
import { problemOf, readLastFrame } from '../api'
import { openBatchFrom, openBatchWith } from '../batch'
import { openBrief, useAccount } from '../state/assistant'
import { importInto, useComposer } from '../state/composer'
import { useSettings } from '../state/settings'
import { useView } from '../state/view'
import { toast } from '../ui'
import { askFitIfOutside } from './fit'
import type { Target } from './targets'

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
    const asset = await readLastFrame(jobId)
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

/** Whether there is somebody to read a brief. */
export function useReader(): boolean {
  const on = useSettings((state) => state.settings.assistant)
  return useAccount() !== null && on
}

/** Takes files, or the last frame of a job's video, at a place. */
export async function takeAt(
  target: Target,
  { files, jobId }: { files: File[]; jobId: string },
): Promise<void> {
  const [first, second] = files
  switch (target.kind) {
    case 'each':
      openBatchWith({ files })
      return
    case 'prompts':
      if (first) await openBatchFrom(first)
      return
    case 'brief':
      useView.getState().setView('gallery')
      if (first) openBrief(first)
      return
    case 'both':
      if (first) await takeOne('first', first)
      if (second) await takeOne('last', second)
      return
    case 'role':
      if (jobId !== '') await takeLastFrame(target.role, jobId)
      else for (const file of files) await takeOne(target.role, file)
  }
}
