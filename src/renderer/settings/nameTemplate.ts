import { isPlaceholder, type Placeholder } from '@shared/nameTemplate'

/** The name a video would get; `sample` stands for one. */
export function exampleOf(template: string, sample: Record<Placeholder, string>): string {
  const stem = template.replace(/\{(\w+)\}/g, (whole, name: string) =>
    isPlaceholder(name) ? sample[name] : whole,
  )
  return `${stem.replace(/\s+/g, ' ').trim()}.mp4`
}
