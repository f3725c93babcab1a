import { creditsOf, ImageToVideo, TextToVideo } from './bodies'
import { parsed } from './http'
import type { Reply, Request, World } from './runway'
import type { Operation, SimTask } from './state'
import { begin, step } from './tasks'
import { beginUpload } from './uploads'

const refused = (status: number, error: string): Reply => ({ status, body: { error } })
const taskId = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** Runway's developer API, as strict as its documents. */
export function officialRoutes(world: World, operation: Operation | null, asked: Request): Reply {
  const { authorization = '', 'x-runway-version': version } = asked.headers
  if (version === undefined) return refused(400, 'The X-Runway-Version header is required')
  if (version !== '2024-11-06') return refused(400, `Unknown API version ${String(version)}`)
  const key = /^Bearer (.+)$/.exec(authorization)?.[1]
  if (key === undefined) return refused(401, 'You did not provide an API key.')
  if (!/^key_[0-9a-f]{128}$/.test(key)) return refused(401, 'The API key is malformed.')
  if (key !== world.apiKey) return refused(401, 'The API key is invalid or disabled.')
  if (asked.method === 'POST' && asked.headers['content-type'] !== 'application/json') {
    return refused(400, 'Content-Type must be application/json')
  }
  switch (operation) {
    case 'create':
      return create(world, asked)
    case 'task':
      return asked.method === 'GET' ? told(world, asked.path) : refused(405, 'Method not allowed')
    case 'cancel':
      return remove(world, asked.path)
    case 'organization':
      return organization(world)
    case 'uploads':
      return beginUpload(world, asked)
    case 'store':
    case 'file':
    case null:
      return refused(404, `Cannot ${asked.method} ${asked.path}`)
  }
}

function create(world: World, { path, body }: Request): Reply {
  const schema = path === '/v1/image_to_video' ? ImageToVideo : TextToVideo
  const read = schema.safeParse(parsed(body))
  if (!read.success) {
    return { status: 400, body: { error: 'Validation of body failed', issues: read.error.issues } }
  }
  const wish = read.data
  const images = 'promptImage' in wish ? [wish.promptImage].flat() : []
  for (const image of images) {
    const uri = typeof image === 'string' ? image : image.uri
    if (!uri.startsWith('runway://')) continue
    if (!world.uploads.some((one) => one.uri === uri && one.bytes !== null)) {
      return refused(400, `There is no upload ${uri}`)
    }
  }
  const made = world.tasks.filter((task) => task.via === 'official' && task.body['model'] === wish.model)
  if (made.length >= world.behaviour.daily) return refused(429, 'You have exceeded your daily quota')
  const credits = creditsOf(wish)
  if (credits > world.behaviour.balance) {
    return refused(400, 'You do not have enough credits to run this task.')
  }
  const task = begin(world, 'official', wish, credits)
  return { status: 200, body: { id: task.id, estimatedCost: { credits } } }
}

const found = (world: World, path: string) =>
  world.tasks.find((task) => task.via === 'official' && !task.deleted && path === `/v1/tasks/${task.id}`)

function told(world: World, path: string): Reply {
  if (!taskId.test(path.replace('/v1/tasks/', ''))) return refused(400, 'The task id is no UUID')
  const task = found(world, path)
  if (!task) return refused(404, 'The task does not exist, or was deleted or canceled.')
  step(world, task)
  return { status: 200, body: shown(world, task) }
}

function shown(world: World, task: SimTask): unknown {
  const { id, status, createdAt, credits, charged, failure } = task
  const base = { id, status, createdAt }
  const cost = charged === null ? {} : { cost: { credits: charged } }
  switch (status) {
    case 'PENDING':
    case 'THROTTLED':
      return { ...base, estimatedCost: { credits } }
    case 'RUNNING':
      return { ...base, progress: 0.42, estimatedCost: { credits } }
    case 'SUCCEEDED':
      return { ...base, output: [world.videoUrl(task)], ...cost }
    case 'FAILED':
      return { ...base, ...failure, ...cost }
    case 'CANCELLED':
      return { ...base, ...cost }
  }
}

/** Cancels what runs and throws away what is finished. */
function remove(world: World, path: string): Reply {
  const task = found(world, path)
  if (!task) return refused(404, 'The task does not exist, or was deleted or canceled.')
  task.deleted = true
  return { status: 204 }
}

function organization({ behaviour, tasks }: World): Reply {
  const names = ['gen4_turbo', 'gen4.5', 'veo3.1', 'veo3.1_fast']
  const limits = { maxConcurrentGenerations: behaviour.together, maxDailyGenerations: behaviour.daily }
  const made = (name: string) =>
    tasks.filter(({ via, body }) => via === 'official' && body['model'] === name).length
  return {
    status: 200,
    body: {
      creditBalance: behaviour.balance,
      tier: {
        maxMonthlyCreditSpend: 10_000,
        models: Object.fromEntries(names.map((name) => [name, limits])),
      },
      usage: { models: Object.fromEntries(names.map((name) => [name, { dailyGenerations: made(name) }])) },
    },
  }
}
