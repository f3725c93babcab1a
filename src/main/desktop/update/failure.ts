import { sentence, type ProblemKey, type ProblemValues } from '@shared/problems'
import { UpdateError } from '../../updates'

/** electron-updater's codes (`ERR_UPDATER_…`) and what Chromium and Node call a failure, by the sentence that fits. */
const byCode: [RegExp, ProblemKey][] = [
  [/^ERR_CHECKSUM_MISMATCH$|^ERR_UPDATER_INVALID_SIGNATURE$/, 'update.damaged'],
  [
    /^ERR_UPDATER_(CHANNEL_FILE_NOT_FOUND|LATEST_VERSION_NOT_FOUND|NO_PUBLISHED_VERSIONS|ASSET_NOT_FOUND)$/,
    'update.nothing',
  ],
  [
    /^ERR_UPDATER_(INVALID_UPDATE_INFO|INVALID_VERSION|NO_FILES_PROVIDED|NO_CHECKSUM|INVALID_RELEASE_FEED)$/,
    'update.nothing',
  ],
  [/^(ENOSPC|EDQUOT)$/, 'update.noRoom'],
  [/^(EACCES|EPERM|EROFS)$/, 'update.notWritable'],
  [/^(ENOTFOUND|ECONN\w+|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EAI_AGAIN|EPROXY\w*)$/, 'update.unreachable'],
]

/** Where there is no code, the words have to do. */
const byWords: [RegExp, ProblemKey][] = [
  [/net::ERR_|timed out|socket hang up/i, 'update.unreachable'],
  [/sha(512|2) checksum mismatch/i, 'update.damaged'],
  [/code signature|not signed/i, 'update.unsigned'],
]

/** Any failure of electron-updater as a sentence with a way out. */
export function updateError(error: unknown): UpdateError {
  const { code, statusCode, message } = read(error)
  const key =
    byCode.find(([pattern]) => pattern.test(code))?.[1] ??
    byWords.find(([pattern]) => pattern.test(message))?.[1] ??
    (statusCode === 404 ? 'update.nothing' : statusCode > 0 ? 'update.unreachable' : 'update.failed')
  // The first line only: electron-updater adds headers and whole pages to it.
  const values: ProblemValues = key === 'update.failed' ? { reason: firstLine(message) } : {}
  const said = sentence(key, values)
  return new UpdateError({ key, message: said.message, hint: said.hint ?? null, values }, error)
}

function read(error: unknown): { code: string; statusCode: number; message: string } {
  if (!(error instanceof Error)) return { code: '', statusCode: 0, message: String(error) }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  const statusCode = 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 0
  return { code, statusCode, message: error.message }
}

const firstLine = (text: string) => (text.split('\n')[0] ?? '').trim().slice(0, 200)
