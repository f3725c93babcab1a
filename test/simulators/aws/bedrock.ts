import { bedrockDoubt } from './bedrock-doubt'
import { describeModel, type CatalogModel } from './catalog'
import type { Claude } from './claude'
import { callModel, listProfiles, useCase } from './claude-service'
import type { Operation } from './faults'
import type { Action, Identities } from './identity'
import type { Invocation, Invocations } from './invocations'
import { lumaComplaint, lumaFailure } from './luma'
import { invalid, readList, readStart, type StartRequest } from './requests'
import type { Call, Service } from './server'
import { json, jsonError, Refused, type Reply } from './wire'

export interface BedrockOptions {
  region: string
  identities: Identities
  invocations: Invocations
  claude: Claude
  account: string
  models: CatalogModel[]
  /** Whether the account has bought access to the models: what the Marketplace says. */
  access: () => 'granted' | 'pending' | 'none'
  /** What a submit beyond the concurrency is answered. */
  overQuota: () => 'throttling' | 'quota'
  /** Whether the caller can have results written there: bucket, its region and owner, right to put. */
  canWrite: (output: StartRequest['outputDataConfig']['s3OutputDataConfig'], call: Call) => boolean
  /** How a place that cannot be written to shows: at once, or as a job that fails. */
  badOutput: () => 'refused' | 'job_failed'
  /** How many invocations a page has when the client does not say. */
  pageSize: number
}

const badOutput = 'Invalid Output Config/Credentials'
const arnPattern = /^arn:aws(-[^:]+)?:bedrock:[a-z0-9-]{1,20}:[0-9]{12}:async-invoke\/[a-z0-9]{12}$/

/** Bedrock Runtime (async invocations, Claude) and the control plane's discovery operations, on one address. */
export function bedrockService(options: BedrockOptions): Service {
  return {
    name: 'bedrock',
    regions: (region) => region === options.region,
    route,
    handle: (call) => handle(call, options),
    doubt: bedrockDoubt,
    failure: (status, code, message) =>
      jsonError(status, code ?? codeOf(status), message ?? 'The service failed; try again.'),
    throttled: () =>
      jsonError(429, 'ThrottlingException', 'Too many requests, please wait before trying again.'),
    unknown: () => jsonError(404, 'UnknownOperationException', 'No such operation.'),
    stamp: (requestId) => ({ 'x-amzn-requestid': requestId }),
  }
}

function codeOf(status: number): string {
  if (status === 503) return 'ServiceUnavailableException'
  if (status === 429) return 'ThrottlingException'
  return status === 403
    ? 'AccessDeniedException'
    : status < 500
      ? 'ValidationException'
      : 'InternalServerException'
}

function route(method: string, path: string): Operation | null {
  const [root, name, id, verb, ...more] = path.split('/')
  if (root !== '' || more.length > 0) return null
  if (name === 'model') return method === 'POST' ? (modelOperations[verb ?? ''] ?? null) : null
  if (verb !== undefined) return null
  if (name === 'async-invoke' && id === undefined)
    return method === 'POST' ? 'StartAsyncInvoke' : method === 'GET' ? 'ListAsyncInvokes' : null
  if (method !== 'GET') return null
  if (name === 'async-invoke') return 'GetAsyncInvoke'
  if (name === 'foundation-models') return id === undefined ? 'ListFoundationModels' : 'GetFoundationModel'
  if (name === 'inference-profiles' && id === undefined) return 'ListInferenceProfiles'
  if (name === 'use-case-for-model-access' && id === undefined) return 'GetUseCaseForModelAccess'
  if (name === 'foundation-model-availability' && id) return 'GetFoundationModelAvailability'
  return null
}

const modelOperations: Record<string, Operation> = {
  converse: 'Converse',
  'converse-stream': 'ConverseStream',
  invoke: 'InvokeModel',
  'invoke-with-response-stream': 'InvokeModelWithResponseStream',
  'count-tokens': 'CountTokens',
}

const actions: Partial<Record<Operation, Action>> = {
  // The API Reference: Start is allowed by InvokeModel; there is no action of its own name.
  StartAsyncInvoke: 'bedrock:InvokeModel',
  Converse: 'bedrock:InvokeModel',
  InvokeModel: 'bedrock:InvokeModel',
  ConverseStream: 'bedrock:InvokeModelWithResponseStream',
  InvokeModelWithResponseStream: 'bedrock:InvokeModelWithResponseStream',
  CountTokens: 'bedrock:CountTokens',
  ListInferenceProfiles: 'bedrock:ListInferenceProfiles',
  GetUseCaseForModelAccess: 'bedrock:GetUseCaseForModelAccess',
  GetAsyncInvoke: 'bedrock:GetAsyncInvoke',
  ListAsyncInvokes: 'bedrock:ListAsyncInvokes',
  ListFoundationModels: 'bedrock:ListFoundationModels',
  GetFoundationModel: 'bedrock:GetFoundationModel',
  GetFoundationModelAvailability: 'bedrock:GetFoundationModelAvailability',
}

function handle(call: Call, options: BedrockOptions): Reply {
  const { identities } = options
  const action = actions[call.operation]
  const { credential } = call.signing
  if (action && !identities.allows(credential, action))
    return jsonError(
      403,
      'AccessDeniedException',
      `User: ${identities.arn(credential)} is not authorized to perform: ${action} because no identity-based policy allows the ${action} action`,
    )
  const id = decodeURIComponent(call.path.split('/')[2] ?? '')
  switch (call.operation) {
    case 'StartAsyncInvoke':
      return start(call, options)
    case 'GetAsyncInvoke':
      return get(id, options)
    case 'ListAsyncInvokes':
      return list(call, options)
    case 'ListFoundationModels':
      return listModels(call, options)
    case 'GetFoundationModel':
      return json({ modelDetails: describeModel(modelOf(id, options), options.region) })
    case 'GetFoundationModelAvailability':
      return availability(id, options)
    case 'Converse':
    case 'ConverseStream':
    case 'InvokeModel':
    case 'InvokeModelWithResponseStream':
    case 'CountTokens':
      return callModel(call, options)
    case 'ListInferenceProfiles':
      return listProfiles(call, options)
    case 'GetUseCaseForModelAccess':
      return useCase(options)
    case 'HeadBucket':
    case 'GetBucketLocation':
    case 'ListObjectsV2':
    case 'HeadObject':
    case 'GetObject':
    case 'PutObject':
    case 'DeleteObject':
    case 'GetCallerIdentity':
      return jsonError(404, 'UnknownOperationException', 'No such operation.')
  }
}

function start(call: Call, options: BedrockOptions): Reply {
  const request = readStart(call.headers['content-type'], call.body)
  const bare = request.modelId.replace(/^arn:aws:bedrock:[a-z0-9-]+::foundation-model\//, '')
  const model = options.models.find((one) => one.modelId === bare)
  if (!model) throw invalid('The provided model identifier is invalid.')
  if (model.ended) throw endOfLife()
  if (!model.async) throw invalid("The provided model doesn't support async inference.")
  if (options.access() === 'none')
    return jsonError(
      403,
      'AccessDeniedException',
      "You don't have access to the model with the specified model ID.",
    )
  const complaint = lumaComplaint(request.modelInput)
  if (complaint) throw invalid(complaint)
  const writable = options.canWrite(request.outputDataConfig.s3OutputDataConfig, call)
  if (!writable && options.badOutput() === 'refused') throw invalid(badOutput)
  const failure = lumaFailure(request.modelInput) ?? (writable ? null : badOutput)
  const started = options.invocations.start({ ...request, modelId: bare }, failure)
  switch (started.kind) {
    case 'accepted':
    case 'known':
      return json({ invocationArn: started.invocation.invocationArn })
    case 'conflict':
      return jsonError(
        400,
        'ConflictException',
        'The client request token was used before with a different request.',
      )
    case 'full':
      return options.overQuota() === 'throttling'
        ? jsonError(429, 'ThrottlingException', 'Too many requests, please wait before trying again.')
        : jsonError(
            400,
            'ServiceQuotaExceededException',
            'Your request exceeds the quota of on-demand model inference concurrent requests for Luma Ray V2.',
          )
  }
}

/** Get declares no ResourceNotFoundException: an unknown ARN is a validation error. */
function get(arn: string, { invocations, region }: BedrockOptions): Reply {
  if (!arnPattern.test(arn))
    throw invalid(
      `1 validation error detected: Value '${arn}' at 'invocationArn' failed to satisfy constraint: Member must satisfy regular expression pattern: ${arnPattern.source.replace(/^\^|\$$/g, '')}`,
    )
  const found = arn.split(':')[3] === region ? invocations.get(arn) : undefined
  if (!found) throw invalid('The provided invocation ARN is invalid.')
  return json(describe(found))
}

function list(call: Call, { invocations, pageSize }: BedrockOptions): Reply {
  const asked = readList(call.query, pageSize)
  const sorted = invocations.all.filter(
    (one) =>
      (asked.after === null || one.submittedAt > asked.after) &&
      (asked.before === null || one.submittedAt < asked.before) &&
      (asked.status === null || one.status === asked.status),
  )
  if (!asked.ascending) sorted.reverse()
  let from = 0
  if (asked.nextToken !== null) {
    const last = Buffer.from(asked.nextToken, 'base64url').toString()
    from = sorted.findIndex((one) => one.invocationId === last) + 1
    if (from === 0) throw invalid('The provided nextToken is invalid.')
  }
  const page = sorted.slice(from, from + asked.max)
  const last = page.at(-1)
  const more = last && from + page.length < sorted.length
  return json({
    ...(more ? { nextToken: Buffer.from(last.invocationId).toString('base64url') } : {}),
    asyncInvokeSummaries: page.map(describe),
  })
}

function describe(one: Invocation): Record<string, unknown> {
  const { s3OutputDataConfig } = one.request.outputDataConfig
  return {
    invocationArn: one.invocationArn,
    modelArn: one.modelArn,
    clientRequestToken: one.request.clientRequestToken,
    status: one.status,
    submitTime: new Date(one.submittedAt).toISOString(),
    lastModifiedTime: new Date(one.modifiedAt).toISOString(),
    ...(one.endedAt === null ? {} : { endTime: new Date(one.endedAt).toISOString() }),
    ...(one.status === 'Failed' ? { failureMessage: one.failureMessage } : {}),
    outputDataConfig: { s3OutputDataConfig: { ...s3OutputDataConfig, s3Uri: one.s3Uri } },
  }
}

function listModels(call: Call, { models, region }: BedrockOptions): Reply {
  const { query } = call
  const known = ['byProvider', 'byCustomizationType', 'byOutputModality', 'byInferenceType']
  for (const name of query.keys()) if (!known.includes(name)) throw invalid(`Unknown parameter '${name}'.`)
  const provider = query.get('byProvider')?.toLowerCase()
  const output = query.get('byOutputModality')
  const plain =
    query.get('byCustomizationType') === undefined &&
    (query.get('byInferenceType') ?? 'ON_DEMAND') === 'ON_DEMAND'
  const modelSummaries = models
    .filter((model) => !model.ended && plain)
    .filter((model) => provider === undefined || model.providerName.toLowerCase() === provider)
    .filter((model) => output === undefined || model.outputModalities.includes(output))
    .map((model) => describeModel(model, region))
  return json({ modelSummaries })
}

function modelOf(id: string, { models }: BedrockOptions): CatalogModel {
  const bare = id.replace(/^arn:aws:bedrock:[a-z0-9-]+::foundation-model\//, '')
  const model = models.find((one) => one.modelId === bare)
  if (!model)
    throw new Refused(
      jsonError(
        404,
        'ResourceNotFoundException',
        'Could not resolve the foundation model from the model identifier.',
      ),
    )
  if (model.ended) throw endOfLife()
  return model
}

const endOfLife = () =>
  new Refused(
    jsonError(404, 'ResourceNotFoundException', 'This model version has reached the end of its life.'),
  )

function availability(id: string, options: BedrockOptions): Reply {
  const model = modelOf(id, options)
  const access = options.access()
  const status = { granted: 'AVAILABLE', pending: 'PENDING', none: 'NOT_AVAILABLE' }[access]
  return json({
    modelId: model.modelId,
    agreementAvailability: { status },
    authorizationStatus: access === 'none' ? 'NOT_AUTHORIZED' : 'AUTHORIZED',
    entitlementAvailability: access === 'none' ? 'NOT_AVAILABLE' : 'AVAILABLE',
    regionAvailability: 'AVAILABLE',
  })
}
