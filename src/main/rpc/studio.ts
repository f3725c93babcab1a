import type { StudioInfo } from '@shared/contract'
import { createFeed } from './feed'
import type { Implementer } from './implementer'
import type { Services } from './services'

const platforms: Partial<Record<NodeJS.Platform, StudioInfo['platform']>> = {
  linux: 'linux',
  darwin: 'darwin',
  win32: 'win32',
}

/** The studio itself: what it is, what it has to say, and everything that changes. */
export function studioHandlers(
  os: Implementer['studio'],
  { version, dataDir, desk, notices, events, run }: Services,
) {
  return {
    info: os.info.handler(() => ({
      version,
      safeMode: run.safeMode,
      platform: platforms[process.platform] ?? 'other',
      dataFolder: dataDir,
      capabilities: desk.capabilities,
      notices: notices.all(),
    })),
    dismissNotice: os.dismissNotice.handler(({ input }) => {
      notices.dismiss(input.id)
      return { ok: true } as const
    }),
    painted: os.painted.handler(() => {
      run.painted()
      return { ok: true } as const
    }),
    restart: os.restart.handler(({ input }) => {
      run.restart(input.safeMode)
      return { ok: true } as const
    }),
    events: os.events.handler(({ signal }) => createFeed(events, signal)),
  }
}
