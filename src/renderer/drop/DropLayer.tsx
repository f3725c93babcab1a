import { useEffect } from 'react'
import { subscribe } from '../api'
import { useComposer } from '../state/composer'
import { BatchDialog } from './BatchDialog'
import { openBatch } from './batch'
import { askFitIfOutside } from './fit'
import { FitDialog } from './FitDialog'
import { Overlay } from './Overlay'
import { usePaste } from './usePaste'

/** Everything that takes images in from outside: dragged over the window, pasted, or opened with the program. */
export function DropLayer() {
  usePaste()
  useEffect(
    () =>
      subscribe((event) => {
        if (event.type !== 'opened') return
        const [only] = event.assets
        if (event.assets.length > 1) openBatch({ assets: event.assets })
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
      <FitDialog />
      <BatchDialog />
    </>
  )
}
