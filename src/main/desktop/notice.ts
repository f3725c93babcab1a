import type { Notice } from '@shared/contract'
import en from '@shared/messages/en.json' with { type: 'json' }
import { fill } from '@shared/problems'

/** A notice of the catalogue, in words for the log and scripts; the page says it in its own language. */
export function noticeOf(
  key: keyof typeof en.notice,
  values: Notice['values'] = {},
  { id = key, level = 'warning' }: Partial<Pick<Notice, 'id' | 'level'>> = {},
): Notice {
  return { id, level, key, message: fill(en.notice[key], values), values }
}
