import type { Task } from './tasks'

/** An answer as a value, so that it can be damaged before it is sent. */
export interface Reply {
  status: number
  headers: Record<string, string>
  body: Buffer
}

export function json(value: unknown, status = 200, headers: Record<string, string> = {}): Reply {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: Buffer.from(JSON.stringify(value)),
  }
}

export function page(status: number): Reply {
  const text = '<!doctype html><html><head><title>Gateway</title></head><body>Sign in</body></html>'
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body: Buffer.from(text) }
}

/** Kling's statuses of its own codes. */
const statuses: Record<number, number> = {
  1000: 401,
  1001: 401,
  1002: 401,
  1003: 401,
  1004: 401,
  1100: 429,
  1101: 429,
  1102: 429,
  1103: 403,
  1200: 400,
  1201: 400,
  1202: 404,
  1203: 404,
  1300: 400,
  1301: 400,
  1302: 429,
  1303: 429,
  1304: 429,
  5000: 500,
  5001: 503,
  5002: 504,
}

let requests = 0

/** A refusal in Kling's shape. */
export function refusal(code: number | string, message: string, status?: number, retryAfter?: number): Reply {
  const headers: Record<string, string> =
    retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }
  return json({ code, message, request_id: requestId() }, status ?? statuses[Number(code)] ?? 400, headers)
}

/** A success in Kling's shape. `asText`: some gateways write the code as a text. */
export function success(data: unknown, asText: boolean): Reply {
  return json({ code: asText ? '0' : 0, message: 'SUCCEED', request_id: requestId(), data })
}

function requestId(): string {
  requests += 1
  return `request-${requests}`
}

/** A task as the API of 2026 tells it; `url` is a fresh address of its video. */
export function newerTaskOf(task: Task, url: string, tellsUnits: boolean): Record<string, unknown> {
  const { id, status, message, externalId, createdAt, units } = task
  const done = status === 'succeed'
  return {
    id,
    status: done ? 'succeeded' : status,
    message,
    create_time: createdAt,
    update_time: createdAt,
    external_id: externalId,
    outputs: done ? [{ type: 'video', id: `v${id}`, url, watermark_url: '', duration: '5' }] : [],
    billing:
      tellsUnits && (done || status === 'failed')
        ? [{ charge_type: 'unit', amount: String(units), currency: null, package_type: 'video' }]
        : [],
  }
}

/** A task as it is told; `url` is a fresh address of its video. */
export function taskOf(task: Task, url: string, tellsUnits: boolean): Record<string, unknown> {
  const { id, status, message, externalId, createdAt, units, body } = task
  const ended = status === 'succeed' || status === 'failed'
  return {
    task_id: id,
    task_status: status,
    task_status_msg: ended ? message : null,
    task_info: externalId === null ? {} : { external_task_id: externalId },
    created_at: createdAt,
    updated_at: createdAt,
    task_result:
      status === 'succeed' ? { videos: [{ id: `v${id}`, url, duration: body.duration ?? '5' }] } : null,
    ...(ended && tellsUnits ? { final_unit_deduction: String(units) } : {}),
  }
}
