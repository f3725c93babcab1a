import type { Implementer } from './implementer'
import type { Services } from './services'

/** Looking for a newer Dailies, fetching it, and putting it in. */
export function updateHandlers(os: Implementer['updates'], { updates }: Services) {
  return {
    state: os.state.handler(() => updates.state()),
    check: os.check.handler(() => updates.check()),
    download: os.download.handler(() => updates.download()),
    skip: os.skip.handler(() => updates.skip()),
    later: os.later.handler(() => updates.later()),
    restart: os.restart.handler(() => updates.restart()),
    stay: os.stay.handler(() => updates.stay()),
  }
}
