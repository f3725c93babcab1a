import { describeConnection } from '../connections'
import { assetHandlers } from './assets'
import { assistantHandlers } from './assistant'
import { connectionHandlers } from './connections'
import { diagnosticsHandlers } from './diagnostics'
import { createImplementer } from './implementer'
import { jobHandlers } from './jobs'
import { libraryHandlers } from './library'
import { mediaHandlers } from './media'
import { moneyHandlers } from './money'
import { queueHandlers } from './queue'
import type { Services } from './services'
import { settingsHandlers } from './settings'
import { studioHandlers } from './studio'
import { updateHandlers } from './updates'

/** The contract, implemented once; both shells serve this. */
export function createRouter(services: Services) {
  const os = createImplementer(services.log)
  return os.router({
    studio: studioHandlers(os.studio, services),
    providers: {
      list: os.providers.list.handler(() => {
        const models = services.providers.infos()
        return {
          providers: services.providers.holders.map(({ id, label, connection }) => {
            const provider = services.providers.provider(id)
            return {
              id,
              label,
              needsConnection: provider?.needsConnection ?? true,
              offline: provider?.offline ?? false,
              finds: provider !== null && provider.afterLostSubmit !== 'unknown',
              connection: connection ? describeConnection(connection) : null,
              models: models.filter((model) => model.provider === id),
            }
          }),
        }
      }),
    },
    connections: connectionHandlers(os.connections, services),
    jobs: jobHandlers(os.jobs, services),
    queue: queueHandlers(os.queue, services),
    money: moneyHandlers(os.money, services),
    assets: assetHandlers(os.assets, services),
    library: libraryHandlers(os.library, services),
    media: mediaHandlers(os.media, services),
    settings: settingsHandlers(os.settings, services),
    assistant: assistantHandlers(os.assistant, services),
    updates: updateHandlers(os.updates, services),
    diagnostics: diagnosticsHandlers(os.diagnostics, services),
  })
}

export type Router = ReturnType<typeof createRouter>
