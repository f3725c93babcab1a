import type { ReadableAsar } from './asar'
import { runtimePackages, type Lock } from './runtime'

/** A file of the package: its path inside the application, and whether it lies beside the archive. */
export interface PackedFile {
  path: string
  bytes: number
  unpacked: boolean
}

/** What was found wrong with a package; all empty when it is as it should be. */
export interface Verdict {
  /** Files that nobody allowed. */
  unexpected: string[]
  /** Native parts of the target that are not there, so that the app would not start. */
  missing: string[]
  /** Native parts inside the archive, where the system cannot load them. */
  locked: string[]
}

export interface Target {
  /** Node's words: `linux`, `darwin`, `win32`; `x64`, `arm64`. */
  platform: string
  arch: string
}

/** All of the application that may be there beside node_modules. */
const own = [
  /^package\.json$/,
  /^resources\/icon\.png$/,
  /^out\/main\/index\.js$/,
  // Any chunk but the browser shell's.
  /^out\/main\/chunks\/(?!run-)[\w.-]+\.js$/,
  /^out\/preload\/index\.cjs$/,
  /^out\/renderer\/(index\.html|theme\.js|icon\.svg)$/,
  /^out\/renderer\/assets\/[\w.-]+\.(js|css|woff2|svg|png|webp)$/,
]

/** The text of a licence; libvips and what it is linked with have theirs in a README. */
const licence = /\/(licen[cs]e|notice|copying|copyright)[^/]*$|\/@img\/sharp-[\w-]+\/README\.md$/i
const data = /\/(package|versions|builtins|aliases|[\w.-]*schema)\.json$/
const code = /\.(js|cjs|mjs)$/

/** The native parts a target needs, each as what its path must look like. */
function natives({ platform, arch }: Target): RegExp[] {
  const machine = `${platform}-${arch}`
  const library =
    { win32: '.*\\.dll', darwin: 'libvips-cpp[\\w.]*\\.dylib' }[platform] ?? 'libvips-cpp\\.so[\\d.]*'
  const holder = platform === 'win32' ? `sharp-${machine}` : `sharp-libvips-${machine}`
  return [
    new RegExp(`^node_modules/better-sqlite3/prebuilds/${machine}\\.node$`),
    new RegExp(`^node_modules/@img/sharp-${machine}/lib/sharp-${machine}[\\w.-]*\\.node$`),
    new RegExp(`^node_modules/@img/${holder}/lib/${library}$`),
    new RegExp(`^node_modules/@napi-rs/keyring-${machine}[\\w-]*/keyring\\.${machine}[\\w-]*\\.node$`),
  ]
}

/** Holds a package against the allow-list: what is too much, what is not there, and what lies in the wrong place. */
export function judge(files: readonly PackedFile[], lock: Lock, target: Target): Verdict {
  const packages = runtimePackages(lock)
  const native = natives(target)
  const allowed = (path: string) => {
    if (own.some((pattern) => pattern.test(path)) || native.some((pattern) => pattern.test(path))) return true
    const holder = /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]
    return (
      holder !== undefined &&
      packages.has(holder) &&
      (code.test(path) || data.test(path) || licence.test(path))
    )
  }
  return {
    unexpected: files.filter(({ path }) => !allowed(path)).map(({ path }) => path),
    missing: native.filter((pattern) => !files.some(({ path }) => pattern.test(path))).map(String),
    locked: files
      .filter(({ path, unpacked }) => !unpacked && native.some((pattern) => pattern.test(path)))
      .map(({ path }) => path),
  }
}

/** The files of an application archive, those beside it too. */
export function packedFiles(asar: ReadableAsar): PackedFile[] {
  const walk = (node: ReadableAsar, prefix: string): PackedFile[] =>
    Object.entries(node.files ?? {}).flatMap(([name, child]) =>
      child.files
        ? walk(child, `${prefix}${name}/`)
        : [{ path: `${prefix}${name}`, bytes: child.size ?? 0, unpacked: child.unpacked === true }],
    )
  return walk(asar, '')
}

/** Bytes by part of the application, largest first; the packages of node_modules each on their own. */
export function sizes(files: readonly PackedFile[]): [part: string, bytes: number][] {
  const sums = new Map<string, number>()
  for (const { path, bytes } of files) {
    const part = /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? path.split('/').slice(0, 2).join('/')
    sums.set(part, (sums.get(part) ?? 0) + bytes)
  }
  return [...sums].sort(([, one], [, other]) => other - one)
}
