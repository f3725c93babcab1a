import { issue, type Issue } from '@shared/problems'
import type { InputRule, JobInput } from '@shared/contract'
import type { AssetRecord } from '../history'
import type { Model } from '../providers'

type Path = (string | number)[]

/** What is wrong with the images of a request: their roles, how many they are, and each one's limits. */
export function checkInputs(
  model: Model,
  inputs: readonly JobInput[],
  images: readonly (AssetRecord | null)[],
  at: Path,
): Issue[] {
  const each = inputs.flatMap((input, index) => {
    const path = [...at, 'inputs', index]
    const image = images[index] ?? null
    const rule = model.inputs.find((rule) => rule.role === input.role)
    if (!rule) return [issue([...path, 'role'], 'input.role', { role: input.role })]
    if (!image) return [issue([...path, 'assetId'], 'asset.notFound')]
    return checkImage(rule, image, [...path, 'assetId'])
  })
  const counts = model.inputs.flatMap(({ role, required, max }) => {
    const count = inputs.filter((input) => input.role === role).length
    if (count > max) return [issue([...at, 'inputs'], 'input.tooMany', { role, max })]
    return required && count === 0 ? [issue([...at, 'inputs'], 'input.required', { role })] : []
  })
  return [...each, ...counts]
}

function checkImage(rule: InputRule, image: AssetRecord, path: Path): Issue[] {
  const { name, mime, bytes, width, height } = image
  const issues: Issue[] = []
  if (!rule.mimes.includes(mime)) {
    issues.push(issue(path, 'input.mime', { name, mime, choices: rule.mimes.join(', ') }))
  }
  if (bytes > rule.maxBytes) {
    issues.push(issue(path, 'input.bytes', { name, size: megabytes(bytes), max: megabytes(rule.maxBytes) }))
  }
  if (Math.min(width, height) < rule.minSide) {
    issues.push(issue(path, 'input.small', { name, width, height, min: rule.minSide }))
  }
  if (Math.max(width, height) > rule.maxSide) {
    issues.push(issue(path, 'input.large', { name, width, height, max: rule.maxSide }))
  }
  const ratio = width / height
  if (ratio < rule.minRatio || ratio > rule.maxRatio) {
    const values = {
      ratio: hundredths(ratio),
      min: hundredths(rule.minRatio),
      max: hundredths(rule.maxRatio),
    }
    issues.push(issue(path, 'input.ratio', { name, ...values }))
  }
  return issues
}

const hundredths = (value: number) => Math.round(value * 100) / 100
const megabytes = (bytes: number) => Math.round(bytes / 10_000) / 100
