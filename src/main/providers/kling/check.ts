import type { JobInput } from '@shared/contract'
import { issue, type Issue } from '@shared/problems'
import type { Traits } from './catalog'
import { masksOf, type Motion } from './motion'
import { KlingParams, told } from './params'

interface Wish {
  params: Record<string, unknown>
  inputs: readonly JobInput[]
}

/**
 * What is wrong with images against parameters, in the words of Kling's own rules: what it would refuse, and what it would take,
 * ignore and charge for all the same.
 */
export function checkOf(traits: Traits): (wish: Wish) => Issue[] {
  return (wish) => {
    const params = KlingParams.parse(wish.params)
    const tail = wish.inputs.findIndex(({ role }) => role === 'last')
    const first = wish.inputs.some(({ role }) => role === 'first')
    const image = first || tail >= 0
    const issues: Issue[] = []
    if (image && params.aspect_ratio !== undefined) {
      issues.push(issue(['params', 'aspect_ratio'], 'kling.ratioOfImage'))
    }
    if (tail >= 0) issues.push(...tailIssues(traits, params, first, ['inputs', tail]))
    if (params.motion !== undefined && !first) {
      issues.push(issue(['params', 'motion'], 'kling.motionFirst'))
    }
    if (params.elements !== undefined && !image) {
      issues.push(issue(['params', 'elements'], 'kling.elementsImage'))
    }
    return [...issues, ...maskIssues(params.motion, wish.inputs)]
  }
}

function tailIssues(traits: Traits, params: KlingParams, first: boolean, path: Issue['path']): Issue[] {
  const { tail, label: model } = traits
  const { mode, duration, sound, camera_control, motion } = params
  if (camera_control !== undefined || motion !== undefined) return [issue(path, 'kling.exclusive')]
  if (!tail.modes.includes(mode)) return [issue(path, 'kling.tailMode', { model, mode, ...told(tail) })]
  if (!tail.seconds.includes(duration)) return [issue(path, 'kling.tailSeconds', { model, ...told(tail) })]
  if (!first && !tail.alone.includes(mode)) return [issue(path, 'kling.tailAlone', { model })]
  if (sound === 'on' && !tail.withSound) return [issue(path, 'kling.tailSound', { model })]
  return []
}

/** Masks are images of the request, and nothing but what the motion brush names. */
function maskIssues(motion: Motion | undefined, inputs: readonly JobInput[]): Issue[] {
  const named = motion === undefined ? [] : masksOf(motion)
  const given = inputs.filter(({ role }) => role === 'mask').map(({ assetId }) => assetId)
  const missing = named.some((id) => !given.includes(id))
  const stray = inputs.findIndex(({ role, assetId }) => role === 'mask' && !named.includes(assetId))
  return [
    ...(missing ? [issue(['params', 'motion'], 'kling.motionMissing')] : []),
    ...(stray >= 0 ? [issue(['inputs', stray], 'kling.motionStray')] : []),
  ]
}
