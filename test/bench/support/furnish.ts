import { linkSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import sharp from 'sharp'
import type { History } from '../../../src/main/history'

/** Different pictures; each is linked many times, less often than a file system allows. */
const pictures = 64

async function paint(folder: string): Promise<string[]> {
  mkdirSync(folder, { recursive: true })
  const paths: string[] = []
  for (let number = 0; number < pictures; number += 1) {
    const hue = (number * 360) / pictures
    const drawn = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="360">
      <defs><linearGradient id="sky" x2="0" y2="1"><stop stop-color="hsl(${hue} 60% 22%)"/>
      <stop offset=".7" stop-color="hsl(${hue + 40} 70% 60%)"/></linearGradient></defs>
      <rect width="640" height="360" fill="url(#sky)"/>
      <circle cx="${80 + number * 7}" cy="150" r="52" fill="hsl(${hue + 20} 90% 84%)"/>
      <rect y="270" width="640" height="90" fill="hsl(${hue} 30% 9%)"/></svg>`
    const path = join(folder, `${number}.webp`)
    await sharp(Buffer.from(drawn)).webp({ quality: 80 }).toFile(path)
    paths.push(path)
  }
  return paths
}

/**
 * Gives every finished job of a filled history a file in the library and a poster, as after years of use. Without
 * them the studio would be busy noting lost files and asking for posters instead of showing a gallery.
 */
export async function furnish(history: History, dataDir: string, library: string): Promise<void> {
  const posters = await paint(join(library, '.posters'))
  const made = new Set<string>()
  const put = (from: string, to: string) => {
    const folder = dirname(to)
    if (!made.has(folder)) mkdirSync(folder, { recursive: true })
    made.add(folder)
    linkSync(from, to)
  }
  const videos = posters.map((_, number) => {
    const path = join(library, '.posters', `${number}.mp4`)
    writeFileSync(path, '')
    return path
  })
  for (let after = 0; ;) {
    const jobs = history.jobs.withOutput(after, 1000)
    for (const { seq, id, outputPath } of jobs) {
      const number = seq % pictures
      put(videos[number] ?? '', join(library, outputPath ?? id))
      put(posters[number] ?? '', join(dataDir, 'cache', id.slice(-2), `${id}-poster.webp`))
      history.derivatives.want(id, ['poster'], 0)
      history.derivatives.ready(id, 'poster', String(number).padStart(64, '0'), 1, 0)
    }
    const last = jobs.at(-1)
    if (!last) return
    after = last.seq
  }
}
