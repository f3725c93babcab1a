import type { OpenAPI } from '@orpc/openapi'
import { OpenAPIGenerator } from '@orpc/openapi'
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4'
import {
  AssetInfo,
  contract,
  JobDetail,
  JobRow,
  LibraryStatus,
  ModelInfo,
  Money,
  ProblemData,
  Settings,
  StudioEvent,
} from '@shared/contract'
import { problemStatus, type ProblemCode } from '@shared/problems'
import { z } from 'zod'

/** An error of the local API. */
const Problem = z.object({
  code: z.enum(Object.keys(problemStatus) as [ProblemCode, ...ProblemCode[]]),
  message: z.string(),
  hint: z.string().optional(),
  issues: ProblemData.shape.issues,
})

/** The OpenAPI 3.1 document of the local API, made of the contract. */
export async function describeApi(version: string): Promise<OpenAPI.Document> {
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] })
  const document = await generator.generate(contract, {
    filter: ({ contract }) => contract['~orpc'].route.path !== undefined,
    info: {
      title: 'Dailies',
      version,
      description:
        'The local API of the browser shell. The token is printed at start and kept in server.json.',
    },
    servers: [{ url: '/api' }],
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
    security: [{ token: [] }],
    commonSchemas: {
      Problem: { schema: Problem },
      AssetInfo: { schema: AssetInfo, strategy: 'output' },
      JobDetail: { schema: JobDetail, strategy: 'output' },
      JobRow: { schema: JobRow, strategy: 'output' },
      LibraryStatus: { schema: LibraryStatus, strategy: 'output' },
      ModelInfo: { schema: ModelInfo, strategy: 'output' },
      Money: { schema: Money, strategy: 'output' },
      Settings: { schema: Settings, strategy: 'output' },
      StudioEvent: { schema: StudioEvent, strategy: 'output' },
    },
    customErrorResponseBodySchema: { $ref: '#/components/schemas/Problem' },
  })
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    for (const operation of [item?.get, item?.post, item?.patch, item?.delete]) {
      if (operation) plainQuery(operation)
    }
    if (item?.delete) bodyToQuery(item.delete)
    if (path === '/assets' && item?.post) rawImage(item.post)
  }
  return document
}

/** Lists in a query are comma-separated, as `?state=queued,failed`. */
function plainQuery(operation: OpenAPI.OperationObject): void {
  operation.parameters = (operation.parameters ?? []).map((parameter) => {
    if (!('in' in parameter) || parameter.in !== 'query') return parameter
    const { name, required, schema } = parameter
    const isList = schema !== undefined && 'type' in schema && schema.type === 'array'
    return {
      name,
      in: 'query',
      ...(required ? { required } : {}),
      ...(schema ? { schema } : {}),
      ...(isList ? { style: 'form', explode: false } : {}),
    }
  })
}

/** DELETE takes its values from the query. */
function bodyToQuery(operation: OpenAPI.OperationObject): void {
  const body = operation.requestBody
  if (!body || !('content' in body)) return
  const schema = body.content['application/json']?.schema
  const properties = schema && 'properties' in schema ? schema.properties : {}
  const parameters = Object.keys(properties ?? {}).map((name): OpenAPI.ParameterObject => {
    const one = properties?.[name]
    return { name, in: 'query', ...(one ? { schema: one } : {}) }
  })
  operation.parameters = [...(operation.parameters ?? []), ...parameters]
  delete operation.requestBody
}

/** An image may also be the body itself, with a name in `X-Filename`. */
function rawImage(operation: OpenAPI.OperationObject): void {
  const body = operation.requestBody
  if (!body || !('content' in body)) return
  const form = body.content['multipart/form-data']
  body.content = { 'image/*': {}, ...(form ? { 'multipart/form-data': form } : {}) }
  operation.parameters = [
    ...(operation.parameters ?? []),
    { name: 'X-Filename', in: 'header', schema: { type: 'string' }, description: 'Percent-encoded' },
  ]
}
