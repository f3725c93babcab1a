/** What is read of package-lock.json, version 3: a package at each key, a path like `node_modules/a/node_modules/b`. */
export interface Lock {
  packages: Record<string, LockedPackage>
}

interface LockedPackage {
  dev?: boolean
  dependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
  peerDependencies?: Record<string, string>
}

/**
 * Packages that only the browser shell loads. A packaged Dailies is the desktop: its Electron cannot be run as Node
 * (a fuse), so the other shell has nobody to start it.
 */
const browserOnly = new Set([
  '@hono/node-server',
  '@orpc/openapi',
  '@orpc/zod',
  'hono',
  'open',
  'trash',
  'ws',
])

/** The Node that npm brings; the packaged app runs on Electron's own. */
const isNode = (name: string) => /^node-(linux|win|bin)-/.test(name)

/** Where Node finds `name` from the package at `from`; null where it is not in the lock. */
function resolve(lock: Lock, from: string, name: string): string | null {
  for (let at = from; ;) {
    const key = `${at === '' ? '' : `${at}/`}node_modules/${name}`
    if (lock.packages[key]) return key
    if (at === '') return null
    at = at.includes('/node_modules/') ? at.slice(0, at.lastIndexOf('/node_modules/')) : ''
  }
}

const nameOf = (key: string) => key.slice(key.lastIndexOf('node_modules/') + 'node_modules/'.length)

/**
 * The names of all packages that the desktop loads at run time, for whatever system. Names and not places, since
 * electron-builder lays the packages out in its own way.
 */
export function runtimePackages(lock: Lock): ReadonlySet<string> {
  const found = new Set<string>()
  const visit = (key: string) => {
    const { dependencies, optionalDependencies, peerDependencies } = lock.packages[key] ?? {}
    for (const name of Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies })) {
      if (key === '' && (browserOnly.has(name) || isNode(name))) continue
      const next = resolve(lock, key, name)
      if (next === null || found.has(next) || lock.packages[next]?.dev === true) continue
      found.add(next)
      visit(next)
    }
  }
  visit('')
  return new Set([...found].map(nameOf))
}

/** The names of packages that are installed without development's, and that the desktop never loads. */
export function idlePackages(lock: Lock): string[] {
  const used = runtimePackages(lock)
  const installed = Object.keys(lock.packages).filter((key) => key !== '' && lock.packages[key]?.dev !== true)
  return [...new Set(installed.map(nameOf))].filter((name) => !used.has(name)).sort()
}
