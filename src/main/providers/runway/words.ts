import type { JobError } from '@shared/contract'
import type { ProblemKey } from '@shared/problems'
import type { ProviderError } from '../types'

type Detail = ProviderError['detail']

/** What a failed task means: code, sentence, whether to try again, and whether it was charged where no cost is told. */
export interface Meaning {
  code: JobError['code']
  key: ProblemKey
  retry: Detail['retry']
  charged: Detail['charged']
}

const mean = (
  code: Meaning['code'],
  key: ProblemKey,
  retry: Meaning['retry'],
  charged: Meaning['charged'],
): Meaning => ({ code, key, retry, charged })

/**
 * `failureCode` of a failed task (docs.dev.runwayml.com, "Task failures"): dotted, the most general part first, so the
 * longest beginning that fits counts. Refused inputs are not refunded, results that did not turn out are.
 */
const failures: Record<string, Meaning> = {
  'SAFETY.INPUT': mean('moderated', 'runway.safetyInput', 'never', 'yes'),
  'SAFETY.OUTPUT': mean('moderated', 'runway.safetyOutput', 'never', 'unknown'),
  'INPUT_PREPROCESSING.SAFETY.TEXT': mean('moderated', 'runway.safetyText', 'never', 'unknown'),
  'INPUT_PREPROCESSING.SAFETY.THIRD_PARTY': mean('moderated', 'runway.safetyOther', 'never', 'unknown'),
  'INPUT_PREPROCESSING.INTERNAL': mean('unavailable', 'runway.internal', 'now', 'unknown'),
  'INTERNAL.BAD_OUTPUT': mean('bad_output', 'runway.badOutput', 'now', 'no'),
  INTERNAL: mean('unavailable', 'runway.internal', 'now', 'unknown'),
  'ASSET.INVALID': mean('invalid_request', 'runway.asset', 'never', 'unknown'),
  'THIRD_PARTY.UNAVAILABLE': mean('unavailable', 'runway.thirdParty', 'later', 'unknown'),
}

const unnamed = mean('unavailable', 'runway.failed', 'never', 'unknown')

/** The meaning of a `failureCode`, which may be missing or one that nobody has heard of yet. */
export function meaningOf(failureCode: string): Meaning {
  const parts = failureCode.split('.')
  for (let length = parts.length; length > 0; length -= 1) {
    const known = failures[parts.slice(0, length).join('.')]
    if (known) return known
  }
  return unnamed
}
