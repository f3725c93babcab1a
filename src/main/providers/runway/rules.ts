import { issue, type Issue } from '@shared/problems'
import type { InputRule, JobInput } from '@shared/contract'
import { textRatios } from './params'

/** A wish as `Model.check` is given it. */
export interface Wish {
  prompt: string
  params: Record<string, unknown>
  inputs: readonly JobInput[]
}

/** Runway measures texts in UTF-16 units ("1-1000 characters (measured in UTF-16 code units)"). */
export const mostPrompt = 1000

/** The prompt, which is measured otherwise by Runway than by people: an emoji counts two. */
export function checkPrompt({ prompt }: Wish): Issue[] {
  const { length } = prompt
  return length > mostPrompt ? [issue(['prompt'], 'runway.prompt', { length, max: mostPrompt })] : []
}

/** Without an image gen4.5 takes two of its six ratios. */
export function checkTextRatio({ params, inputs }: Wish): Issue[] {
  const ratio = String(params['ratio'])
  if (inputs.length > 0 || textRatios.includes(ratio)) return []
  return [issue(['params', 'ratio'], 'runway.textRatio', { ratio, choices: textRatios.join(', ') })]
}

/** "This model does not support generating with only a last frame." */
export function checkLastFrame({ inputs }: Wish): Issue[] {
  const last = inputs.findIndex(({ role }) => role === 'last')
  if (last < 0 || inputs.some(({ role }) => role === 'first')) return []
  return [issue(['inputs', last], 'runway.lastAlone')]
}

/**
 * An image of a model (docs.dev.runwayml.com, "Inputs" and "Uploads"): JPEG, PNG or WebP. Limits of sides and shapes are
 * not documented; these are what the studio itself takes in.
 */
export function imageRule(
  role: 'first' | 'last',
  change: Pick<InputRule, 'required' | 'sent' | 'maxBytes'>,
): InputRule {
  return {
    role,
    max: 1,
    mimes: ['image/jpeg', 'image/png', 'image/webp'],
    minSide: 1,
    maxSide: 16_384,
    minRatio: 1 / 16_384,
    maxRatio: 16_384,
    ...change,
  }
}

/** Bytes of an image: as an ephemeral upload, and at an address that Runway reads. */
export const mostUpload = 200_000_000
export const mostAtAddress = 16_000_000
