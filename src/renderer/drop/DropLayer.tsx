import { lazy, Suspense, useEffect } from 'react'
import { subscribe } from '../api'
import { openBatchFrom, openBatchWith, useBatch } from '../batch'
import { useComposer } from '../state/composer'
import { askFitIfOutside, useFit } from './fit'
import { Overlay } from './Overlay'
import { usePasted } from './pasted'
import { usePaste } from './usePaste'

const PasteDialog = lazy(() => import('./PasteDialog'))
const FitDialog = lazy(() => import('./FitDialog'))
const BatchDialog = lazy(() => import('../batch/BatchDialog'))

/** Everything that takes images in from outside: dragged over the window, pasted, or opened with the program. */
export function DropLayer() {
  const fitting = useFit((state) => state.input !== null)
  const batching = useBatch((state) => state.open)
  const pasting = usePasted((state) => state.waiting !== null)
  usePaste()
  useEffect(
    () =>
      subscribe((event) => {
        if (event.type === 'prompts') void openBatchFrom(new File([event.text], event.name))
        if (event.type !== 'opened') return
        const [only] = event.assets
        if (event.assets.length > 1) openBatchWith({ assets: event.assets })
        else if (only) {
          useComposer.getState().addInput('first', only)
          askFitIfOutside(only.id)
          useComposer.getState().focus()
        }
      }),
    [],
  )
  return (
    <>
      <Overlay />
      <Suspense>{pasting ? <PasteDialog /> : null}</Suspense>
      <Suspense>{fitting ? <FitDialog /> : null}</Suspense>
      <Suspense>{batching ? <BatchDialog /> : null}</Suspense>
    </>
  )
}
