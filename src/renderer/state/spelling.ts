import { spellingOn } from '@shared/spelling'
import { useSettings } from './settings'
import { useStudio } from './studio'

/** Whether spelling in prompts is checked, as it changes. */
export function useSpelling(): boolean {
  const chosen = useSettings((state) => state.settings.spelling)
  const source = useStudio((state) => state.info?.capabilities.desktop?.spelling)
  return spellingOn(chosen, source)
}
