import type { AssetInfo, InputRole, InputRule, ModelInfo } from '@shared/contract'

/** An image standing in a slot of the composer. */
export interface ComposerInput {
  role: InputRole
  asset: AssetInfo
}

/** Why a model does not take an input: a key below `composer.obstacle` and the values of its sentence. */
export interface Obstacle {
  key: 'role' | 'many' | 'required' | 'small' | 'large' | 'ratio' | 'bytes' | 'mime'
  role: InputRole
  values: Record<string, number>
  /** Cropping or resizing the image would help. */
  fits: boolean
}

/**
 * The slots the chosen models ask for, in a fixed order, each with how many images it holds at most. Masks have none: they are
 * painted on a frame and come with the parameter that they belong to.
 */
export function slotsOf(
  models: readonly ModelInfo[],
  inputs: readonly ComposerInput[],
): { role: InputRole; max: number; required: boolean }[] {
  const order: InputRole[] = ['first', 'last', 'reference', 'mask']
  return order.flatMap((role) => {
    const rules =
      role === 'mask' ? [] : models.flatMap((model) => model.inputs.filter((rule) => rule.role === role))
    const filled = inputs.filter((input) => input.role === role).length
    if (rules.length === 0 && filled === 0) return []
    const max = Math.max(1, ...rules.map((rule) => rule.max))
    return [{ role, max, required: rules.some((rule) => rule.required) }]
  })
}

/** What is wrong with an image under one rule, or null. Sides in pixels, sizes in bytes. */
export function outside(rule: InputRule, asset: AssetInfo): Obstacle | null {
  const no = (key: Obstacle['key'], values: Record<string, number>, fits: boolean): Obstacle => ({
    key,
    role: rule.role,
    values,
    fits,
  })
  const ratio = asset.width / asset.height
  const [short, long] = [Math.min(asset.width, asset.height), Math.max(asset.width, asset.height)]
  if (!rule.mimes.includes(asset.mime)) return no('mime', {}, true)
  if (ratio < rule.minRatio - 1e-6 || ratio > rule.maxRatio + 1e-6)
    return no('ratio', { ratio, min: rule.minRatio, max: rule.maxRatio }, true)
  if (short < rule.minSide) return no('small', { side: short, min: rule.minSide }, true)
  if (long > rule.maxSide) return no('large', { side: long, max: rule.maxSide }, true)
  if (asset.bytes > rule.maxBytes) return no('bytes', { bytes: asset.bytes, max: rule.maxBytes }, true)
  return null
}

/** Everything that keeps a model from taking these inputs, one a role. */
export function obstaclesOf(model: ModelInfo, inputs: readonly ComposerInput[]): Obstacle[] {
  const found: Obstacle[] = []
  for (const role of new Set(inputs.map((input) => input.role))) {
    const rule = model.inputs.find((own) => own.role === role)
    const given = inputs.filter((input) => input.role === role)
    if (!rule) found.push({ key: 'role', role, values: {}, fits: false })
    else if (given.length > rule.max)
      found.push({ key: 'many', role, values: { max: rule.max, count: given.length }, fits: false })
    else {
      const wrong = given.map((input) => outside(rule, input.asset)).find((obstacle) => obstacle !== null)
      if (wrong) found.push(wrong)
    }
  }
  for (const rule of model.inputs)
    if (rule.required && !inputs.some((input) => input.role === rule.role))
      found.push({ key: 'required', role: rule.role, values: {}, fits: false })
  return found
}

/** Puts an image into a role: a single slot is replaced, a row of references grows up to `max`. */
export function withInput(
  inputs: readonly ComposerInput[],
  input: ComposerInput,
  max: number,
): ComposerInput[] {
  const others = inputs.filter((own) => own.role !== input.role)
  const same = inputs.filter((own) => own.role === input.role && own.asset.id !== input.asset.id)
  return [...others, ...[...same, input].slice(-max)]
}

/** First and last frame in each other's place. */
export function swapped(inputs: readonly ComposerInput[]): ComposerInput[] {
  return inputs.map((input) => {
    if (input.role === 'first') return { ...input, role: 'last' }
    return input.role === 'last' ? { ...input, role: 'first' } : input
  })
}
