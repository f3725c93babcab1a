import { RelayCreate } from './bodies'
import { parsed } from './http'
import { relayAnswer } from './relay-answers'
import type { Reply, Request, World } from './runway'
import type { Operation } from './state'
import { begin, step } from './tasks'

/** A refusal in the words of these gateways. */
const refused = (status: number, message: string, code: string): Reply => ({
  status,
  body: { error: { message: `${message} (request id: 20261121)`, type: 'new_api_error', param: '', code } },
})

/** A gateway that sells Runway's models: its own key, no version, any of the bodies that are known. */
export async function relayRoutes(world: World, operation: Operation | null, asked: Request): Promise<Reply> {
  const { authorization = '' } = asked.headers
  if (authorization !== `Bearer ${world.relayKey}`) return refused(401, 'Invalid token', 'invalid_token')
  if (asked.headers['x-runway-version'] !== undefined) return refused(400, 'Unknown header', 'bad_request')
  if (operation === 'create' && asked.path === '/runwayml/v1/image_to_video') return create(world, asked)
  if (operation === 'task') return told(world, asked.path)
  return refused(404, `Invalid URL (${asked.method} ${asked.path})`, 'invalid_request_error')
}

async function create(world: World, { body }: Request): Promise<Reply> {
  const read = RelayCreate.safeParse(parsed(body))
  if (!read.success) {
    return refused(400, read.error.issues[0]?.message ?? 'Bad request', 'invalid_request')
  }
  const { promptImage } = read.data
  if (promptImage.startsWith('http:')) {
    const image = await fetch(promptImage)
    const type = image.headers.get('content-type') ?? ''
    const { byteLength } = await image.arrayBuffer()
    if (!image.ok || !type.startsWith('image/')) return refused(400, 'The image cannot be read', 'bad_image')
    world.read.push({ type, bytes: byteLength })
  }
  const task = begin(world, 'relay', read.data, 0)
  const { relayShape } = world.behaviour
  // Of the founding shape only the answers to polls are known; its creates are Runway's own.
  const shape = relayShape === 'founding' ? 'official' : relayShape
  return { status: 200, body: relayAnswer(shape, task, '') }
}

function told(world: World, path: string): Reply {
  const task = world.tasks.find(
    ({ via, id, deleted }) => via === 'relay' && !deleted && path === `/runwayml/v1/tasks/${id}`,
  )
  if (!task || task.polls < world.behaviour.unknownPolls) {
    if (task) task.polls += 1
    return refused(400, 'The task does not exist', 'task_not_exist')
  }
  step(world, task)
  return {
    status: 200,
    body: relayAnswer(world.behaviour.relayShape, task, world.videoUrl(task)),
  }
}
