import { sentence, type ProblemKey } from '@shared/problems'
import type { MediaTaskState } from '../../media'
import { ProviderError } from '../types'

type Failed = Extract<MediaTaskState, { kind: 'failed' }>

const told: Record<
  Failed['reason'],
  { code: 'unavailable' | 'invalid_request' | 'bad_output'; key: ProblemKey }
> = {
  unsupported: { code: 'unavailable', key: 'animatic.unsupported' },
  source: { code: 'invalid_request', key: 'animatic.source' },
  crashed: { code: 'unavailable', key: 'animatic.crashed' },
  damaged: { code: 'bad_output', key: 'animatic.damaged' },
}

/** A failed render as the engine keeps it. Rendering is free, so nothing was charged. */
export function renderFailed({ reason, message }: Failed): ProviderError {
  const { code, key } = told[reason]
  return problem(code, key, message)
}

/** The rendered file is not in the spool any more; a fresh poll renders it again. */
export function fileGone(cause: unknown): ProviderError {
  return problem('not_found', 'animatic.gone', String(cause), 'now')
}

/** The job's frozen settings are not ones this version can render. */
export function settingsUnknown(cause: unknown): ProviderError {
  return problem('invalid_request', 'animatic.invalid', String(cause))
}

function problem(
  code: 'unavailable' | 'invalid_request' | 'bad_output' | 'not_found',
  key: ProblemKey,
  raw: string,
  retry: 'now' | 'never' = 'never',
): ProviderError {
  const { message, hint = null } = sentence(key)
  return new ProviderError({ code, key, message, hint, retry, charged: 'no', raw, sent: true })
}
