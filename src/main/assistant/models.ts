import type { FoundationModelSummary, InferenceProfileSummary } from '@aws-sdk/client-bedrock'
import type { AssistantModel } from '@shared/contract'
import { sdk } from '../aws'
import type { Clock } from '../ports'
import { factsOf, known, partsOf, priceIn } from './catalog'
import type { ClaudeClients } from './clients'

type State = Pick<AssistantModel, 'state' | 'note' | 'until'>

/** Scopes in the order in which one is chosen: the global one is the cheapest. */
const scopeOrder = ['global', 'us', 'eu', 'jp', 'au', 'apac', 'base']

/**
 * Models of Anthropic that an account can have answers from, in this region: through inference profiles, and by
 * themselves where they allow it. Throws what the SDK throws where they cannot be listed.
 */
export async function listModels(
  clients: ClaudeClients,
  clock: Clock,
  signal?: AbortSignal,
): Promise<AssistantModel[]> {
  const { ListFoundationModelsCommand, ListInferenceProfilesCommand } = await sdk.bedrock()
  const control = await clients.control()
  const options = signal ? { abortSignal: signal } : {}
  const { modelSummaries = [] } = await control.send(new ListFoundationModelsCommand({}), options)
  const profiles: InferenceProfileSummary[] = []
  let nextToken: string | undefined
  do {
    const page = await control.send(
      new ListInferenceProfilesCommand({ maxResults: 100, ...(nextToken ? { nextToken } : {}) }),
      options,
    )
    profiles.push(...(page.inferenceProfileSummaries ?? []))
    nextToken = page.nextToken
  } while (nextToken)
  const writers = modelSummaries.filter(canWrite)
  const states = new Map(
    await Promise.all(
      writers.map(
        async (model) => [model.modelId ?? '', await stateOf(model, clients, clock, options)] as const,
      ),
    ),
  )
  return inOrder(writers.flatMap((model) => entriesOf(model, profiles, states.get(model.modelId ?? ''))))
}

/** The list of an account that cannot be asked: what we know, as the region reaches it. */
export function seedModels(region: string): AssistantModel[] {
  const geo = geoOf(region)
  return inOrder(
    [...known].flatMap(([foundation, { scopes }]) =>
      scopes
        .filter((scope) => scope === 'global' || scope === 'base' || scope === geo)
        .map((scope) =>
          entry(
            scope === 'base' ? foundation : `${scope}.${foundation}`,
            foundation,
            scope,
            ready,
            undefined,
          ),
        ),
    ),
  )
}

/** The one to begin with: the first that may be used. */
export function usualOf(models: readonly AssistantModel[]): string | null {
  return (
    (models.find(({ state }) => state === 'ready') ?? models.find(({ state }) => state === 'legacy'))?.id ??
    null
  )
}

/** A model that is in no list, by what its id tells. */
export function strangerOf(id: string): AssistantModel {
  const { foundation, scope } = partsOf(id)
  return entry(id, foundation, scope, ready, undefined)
}

/** Models that an account gets only after agreeing that AWS keeps what is sent for a while (their model cards). */
const keptByAws = /claude-(?:fable|mythos)/

const ready: State = { state: 'ready', note: null, until: null }

function canWrite({
  modelId = '',
  outputModalities = [],
  responseStreamingSupported,
}: FoundationModelSummary) {
  return (
    modelId.startsWith('anthropic.') &&
    outputModalities.includes('TEXT') &&
    responseStreamingSupported === true
  )
}

function entriesOf(
  model: FoundationModelSummary,
  profiles: readonly InferenceProfileSummary[],
  state: State = ready,
): AssistantModel[] {
  const foundation = model.modelId ?? ''
  const through = profiles.filter(
    ({ status, models = [] }) =>
      status === 'ACTIVE' && models.some(({ modelArn }) => modelArn?.endsWith(`/${foundation}`) === true),
  )
  const entries = through.map(
    ({ inferenceProfileId = '', inferenceProfileArn, inferenceProfileName, type }) => {
      // A profile of one's own is called by its ARN, and is known by the name it was given.
      const own = type === 'APPLICATION'
      const scope = own ? 'base' : partsOf(inferenceProfileId).scope
      const made = entry(
        own ? (inferenceProfileArn ?? '') : inferenceProfileId,
        foundation,
        scope,
        state,
        model,
      )
      return own ? { ...made, label: `${made.label} · ${inferenceProfileName ?? ''}` } : made
    },
  )
  const direct = model.inferenceTypesSupported?.includes('ON_DEMAND') === true
  return direct ? [...entries, entry(foundation, foundation, 'base', state, model)] : entries
}

function entry(
  id: string,
  foundation: string,
  scope: string,
  state: State,
  model: FoundationModelSummary | undefined,
): AssistantModel {
  const facts = factsOf(foundation, model?.modelName)
  const price = priceIn(facts.price, scope)
  return {
    id,
    label: scope === 'base' ? facts.label : `${facts.label} · ${scope}`,
    price,
    contextTokens: facts.contextTokens,
    maxOutputTokens: facts.maxOutputTokens,
    sampling: facts.sampling,
    images: model?.inputModalities?.includes('IMAGE') ?? facts.images,
    ...state,
    note: state.note ?? (keptByAws.test(foundation) ? 'retention' : price === null ? 'no_price' : null),
  }
}

/** Whether the account may use a model: asked for each, which costs nothing; where that may not be asked, it is taken for ready. */
async function stateOf(
  { modelId = '', modelLifecycle: life }: FoundationModelSummary,
  clients: ClaudeClients,
  clock: Clock,
  options: { abortSignal?: AbortSignal },
): Promise<State> {
  const end = life?.endOfLifeTime
  const until = end ? end.toISOString().slice(0, 10) : null
  if (end && end.getTime() <= clock.now()) return { state: 'retired', note: 'retired', until }
  const { GetFoundationModelAvailabilityCommand } = await sdk.bedrock()
  const control = await clients.control()
  const answer = await control
    .send(new GetFoundationModelAvailabilityCommand({ modelId }), options)
    .catch(() => null)
  if (answer?.regionAvailability === 'NOT_AVAILABLE') return { state: 'no_access', note: 'not_here', until }
  const agreement = answer?.agreementAvailability?.status
  if (agreement === 'PENDING') return { state: 'no_access', note: 'pending', until }
  const refused =
    agreement === 'NOT_AVAILABLE' ||
    agreement === 'ERROR' ||
    answer?.authorizationStatus === 'NOT_AUTHORIZED' ||
    answer?.entitlementAvailability === 'NOT_AVAILABLE'
  if (refused) return { state: 'no_access', note: 'no_access', until }
  return life?.status === 'LEGACY' ? { state: 'legacy', note: 'retiring', until } : { ...ready, until }
}

function inOrder(models: AssistantModel[]): AssistantModel[] {
  const order = [...known.keys()]
  const place = (list: readonly string[], name: string) =>
    list.includes(name) ? list.indexOf(name) : list.length
  const key = ({ id }: AssistantModel) => {
    const { foundation, scope } = partsOf(id)
    return place(order, foundation) * 100 + place(scopeOrder, scope)
  }
  return models.toSorted((a, b) => key(a) - key(b) || (a.id < b.id ? -1 : 1))
}

/** The geography whose profiles a region calls. */
function geoOf(region: string): string {
  if (region.startsWith('us-gov-')) return 'us-gov'
  if (region.startsWith('eu-')) return 'eu'
  if (region === 'ap-northeast-1' || region === 'ap-northeast-3') return 'jp'
  if (region === 'ap-southeast-2' || region === 'ap-southeast-4') return 'au'
  return region.startsWith('ap-') ? 'apac' : 'us'
}
