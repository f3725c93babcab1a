import i18next from 'i18next'
import { problemOf } from '../api'
import { toast } from '../ui'

/** Says a failed action in the page's language. */
export function sayProblem(error: unknown): void {
  const said = problemOf(error)
  toast({ title: said.title, tone: 'error', ...(said.hint === null ? {} : { body: said.hint }) })
}

/** Runs an action; null, and a message, where it fails. */
export async function attempt<T>(action: () => Promise<T>): Promise<T | null> {
  try {
    return await action()
  } catch (error) {
    sayProblem(error)
    return null
  }
}

/** Runs an action for each id in turn; gives back the ids that went well, and says the first failure once. */
export async function attemptEach(
  ids: readonly string[],
  action: (id: string) => Promise<unknown>,
): Promise<string[]> {
  const done: string[] = []
  let failed: { error: unknown } | null = null
  for (const id of ids) {
    try {
      await action(id)
      done.push(id)
    } catch (error) {
      failed ??= { error }
    }
  }
  if (failed) sayProblem(failed.error)
  return done
}

/** Splits a long list for calls that take only so many at once. */
export function portions<T>(items: readonly T[], size: number): T[][] {
  const parts: T[][] = []
  for (let at = 0; at < items.length; at += size) parts.push(items.slice(at, at + size))
  return parts
}

/** The button of a toast that takes an action back. */
export function undo(run: () => void): { label: string; run: () => void } {
  return { label: i18next.t('actions.undo'), run }
}
