import { describeModel } from './describe'
import type { Holder, Model, Provider, Providers } from './types'

/**
 * All providers by id and their models by id, and what else accounts can be at. Two of the same id are a mistake of
 * ours: an Error at start.
 */
export function createProviders(all: Provider[], others: readonly Holder[] = []): Providers {
  const byId = new Map<string, Provider>()
  const models = new Map<string, { provider: Provider; model: Model }>()
  for (const provider of all) {
    if (byId.has(provider.id)) throw new Error(`Two providers are called ${provider.id}.`)
    byId.set(provider.id, provider)
    for (const model of [...provider.models, ...(provider.imported ? [provider.imported] : [])]) {
      if (models.has(model.info.id)) throw new Error(`Two models are called ${model.info.id}.`)
      models.set(model.info.id, { provider, model })
    }
  }
  const infos = all.flatMap((provider) => provider.models.map(describeModel))
  return {
    all,
    model: (id) => models.get(id) ?? null,
    provider: (id) => byId.get(id) ?? null,
    holders: [...all, ...others],
    infos: () => infos,
  }
}
