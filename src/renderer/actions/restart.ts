import { api } from '../api'
import { attempt } from './say'

/** Restarts Dailies, in safe mode or out of it; what is under way is parked and taken up again. */
export async function restart(safeMode: boolean): Promise<void> {
  await attempt(() => api.studio.restart({ safeMode }))
}
