import { useEffect } from 'react'
import { openBatchWith } from '../batch'
import { freeRole } from '../state/composer'
import { takeOne } from './take'

/** Takes pasted images into the composer, wherever on the page they are pasted; pasted text stays with its field. */
export function usePaste(): void {
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])]
      const [file] = files
      // A table copied from a spreadsheet brings a picture of itself along: its text is what is meant.
      if (!file || event.clipboardData?.types.includes('text/plain')) return
      event.preventDefault()
      if (files.length > 1) {
        openBatchWith({ files })
        return
      }
      const role = freeRole()
      if (role) void takeOne(role, file)
    }
    document.addEventListener('paste', onPaste)
    return () => document.removeEventListener('paste', onPaste)
  }, [])
}
