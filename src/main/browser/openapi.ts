import { STATUS_CODES } from 'node:http'
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
  // The generator's own types are far wider than what it makes of this contract.
  const paths = document.paths as unknown as Record<string, Record<string, Operation>>
  for (const [path, item] of Object.entries(paths)) {
    for (const operation of Object.values(item)) {
      plainQuery(operation)
      nameAnswers(operation)
    }
    if (item['delete']) bodyToQuery(item['delete'])
    if (path === '/assets' && item['post']) rawImage(item['post'])
  }
  return { ...document, paths: { ...document.paths, ...mediaPaths() } }
}

interface Parameter {
  name: string
  in: string
  required?: boolean
  description?: string
  schema?: { type?: unknown }
  style?: string
  explode?: boolean
}
interface Operation {
  responses?: Record<string, { description: string }>
  parameters?: Parameter[]
  requestBody?: { content: Record<string, { schema?: { properties?: Record<string, object> } }> }
}

/** Media lie beside the API, not below it; a video takes ranges. */
function mediaPaths(): NonNullable<OpenAPI.Document['paths']> {
  const id = { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } } as const
  const kinds = [
    ['video', 'video/mp4', 'The video of a finished job; `?download=1` names the file'],
    ['poster', 'image/webp', 'Its poster'],
    ['preview', 'video/mp4', 'Its short preview'],
  ] as const
  return Object.fromEntries(
    kinds.map(([kind, mime, summary]) => {
      const content = { [mime]: {} }
      const problem = { 'application/json': { schema: { $ref: '#/components/schemas/Problem' } } }
      const responses = {
        200: { description: titleOf('200'), content },
        206: { description: titleOf('206'), content },
        401: { description: titleOf('401'), content: problem },
        403: { description: titleOf('403'), content: problem },
        404: { description: titleOf('404'), content: problem },
        416: { description: titleOf('416') },
      }
      const servers = [{ url: '/' }]
      const get = { operationId: `content.${kind}`, summary, servers, parameters: [id], responses }
      return [`/media/{id}/${kind}`, { get }]
    }),
  )
}

/** Answers carry the words of HTTP, not their number once more. */
function nameAnswers({ responses = {} }: Operation): void {
  for (const [status, response] of Object.entries(responses)) response.description = titleOf(status)
}

function titleOf(status: string): string {
  return STATUS_CODES[status] ?? status
}

/** Lists in a query are comma-separated, as `?state=queued,failed`. */
function plainQuery(operation: Operation): void {
  operation.parameters = (operation.parameters ?? []).map((parameter) => {
    if (parameter.in !== 'query') return parameter
    const { name, required, schema } = parameter
    return {
      name,
      in: 'query',
      ...(required ? { required } : {}),
      ...(schema ? { schema } : {}),
      ...(schema?.type === 'array' ? { style: 'form', explode: false } : {}),
    }
  })
}

/** DELETE takes its values from the query. */
function bodyToQuery(operation: Operation): void {
  const properties = operation.requestBody?.content['application/json']?.schema?.properties ?? {}
  for (const [name, schema] of Object.entries(properties)) {
    operation.parameters?.push({ name, in: 'query', schema })
  }
  delete operation.requestBody
}

/** An image may also be the body itself, with a name in `X-Filename`. */
function rawImage(operation: Operation): void {
  const form = operation.requestBody?.content['multipart/form-data']
  operation.requestBody = { content: { 'image/*': {}, ...(form ? { 'multipart/form-data': form } : {}) } }
  operation.parameters?.push({
    name: 'X-Filename',
    in: 'header',
    schema: { type: 'string' },
    description: 'Percent-encoded',
  })
}
