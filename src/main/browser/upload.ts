import { AssetInfo } from '@shared/contract'
import { StudioError } from '@shared/problems'
import { tooHeavy, type Assets } from '../assets'
import { limited } from './body'

/** The largest image is 100 MB; a form has a little around it. */
const maxForm = 101 * 1024 * 1024

/** `POST /api/assets`: an image as the raw body, streamed, or as the field `file` of a form. */
export async function uploadAsset(request: Request, assets: Assets): Promise<Response> {
  const type = request.headers.get('content-type') ?? ''
  refuseHeavy(request)
  const image = type.startsWith('multipart/form-data') ? await fromForm(request) : fromBody(request)
  return Response.json(AssetInfo.parse(await assets.import(image)), { status: 201 })
}

/** An upload that declares itself too heavy is refused before a byte of it is read. */
function refuseHeavy(request: Request): void {
  if (Number(request.headers.get('content-length') ?? 0) > maxForm) throw tooHeavy()
}

function fromBody(request: Request) {
  if (!request.body || request.headers.get('content-length') === '0') throw nothing()
  return { name: fileName(request.headers), bytes: request.body }
}

async function fromForm(request: Request) {
  const form = await readForm(request)
  const file = form.get('file') ?? [...form.values()].find((value) => value instanceof File)
  if (!(file instanceof File) || file.size === 0) throw nothing()
  return { name: file.name, bytes: file.stream() }
}

async function readForm(request: Request): Promise<FormData> {
  const headers = { 'content-type': request.headers.get('content-type') ?? '' }
  try {
    return await new Response(limited(request, maxForm), { headers }).formData()
  } catch (error) {
    if (error instanceof StudioError) throw error.code === 'too_large' ? tooHeavy() : error
    throw new StudioError('invalid_request', 'request.malformed', { cause: error })
  }
}

/** What the sender calls the image: `X-Filename`, percent-encoded, or the name in `Content-Disposition`. */
function fileName(headers: Headers): string {
  const disposition = headers.get('content-disposition') ?? ''
  const given =
    headers.get('x-filename') ??
    /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1] ??
    /filename="?([^";]+)"?/i.exec(disposition)?.[1]
  if (!given) return 'image'
  try {
    return decodeURIComponent(given)
  } catch {
    return given
  }
}

function nothing(): StudioError {
  return new StudioError('invalid_request', 'upload.empty')
}
