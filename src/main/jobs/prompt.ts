import { issue, type Issue } from '@shared/problems'
import type { JobInput } from '@shared/contract'
import type { Model } from '../providers'

/** Any control character but tab and line feed. */
const control = /[^\P{Cc}\n\t]/u

/** What is wrong with a prompt for this model. It is passed on verbatim or refused, never trimmed or cut. */
export function checkPrompt(
  model: Model,
  prompt: string,
  inputs: readonly JobInput[],
  at: (string | number)[],
): Issue[] {
  const path = [...at, 'prompt']
  const { required, max } = model.info.prompt
  const needed = required === 'always' || (required === 'without_image' && inputs.length === 0)
  if (needed && prompt.trim() === '') {
    return [issue(path, required === 'always' ? 'field.required' : 'prompt.required')]
  }
  const issues: Issue[] = []
  const length = characters(prompt)
  if (length > max) issues.push(issue(path, 'prompt.tooLong', { length, max }))
  if (control.test(prompt)) issues.push(issue(path, 'prompt.control'))
  if (!prompt.isWellFormed()) issues.push(issue(path, 'prompt.broken'))
  return issues
}

/** How many characters a text has; an emoji or a rare ideograph is one, not two. */
function characters(text: string): number {
  let pairs = 0
  for (let index = 0; index < text.length - 1; index += 1) {
    if ((text.codePointAt(index) ?? 0) > 0xffff) pairs += 1
  }
  return text.length - pairs
}
