import { ORPCError } from '@orpc/client'
import type { ProblemData } from '@shared/contract'
import i18next from 'i18next'
import { problemText } from '../messages'

/** What went wrong, in the page's language. */
export interface Problem {
  /** A code of the contract, or `lost` where the studio did not answer. */
  code: string
  /** The name of its sentence in the catalogue, where it has one. */
  key: string | null
  title: string
  hint: string | null
  issues: { path: (string | number)[]; text: string; hint?: string | null; key?: string }[]
}

/** Says any error of a call in the page's language, with what is wrong field by field. */
export function problemOf(error: unknown): Problem {
  if (!(error instanceof ORPCError)) {
    return {
      code: 'lost',
      key: null,
      title: i18next.t('problemUi.lost.title'),
      hint: i18next.t('problemUi.lost.hint'),
      issues: [],
    }
  }
  const data = (error.data ?? {}) as Partial<ProblemData>
  const said = data.key === undefined ? null : problemText(data.key, data.values)
  return {
    code: error.code,
    key: data.key ?? null,
    title: said?.message ?? error.message,
    hint: said === null ? (data.hint ?? null) : said.hint,
    issues: (data.issues ?? []).map((issue) => {
      const text = problemText(issue.key, issue.values)
      const { path, key, message } = issue
      return { path, key, text: text?.message ?? message, hint: text?.hint ?? null }
    }),
  }
}
