import { realpath } from 'node:fs/promises'
import { join, sep } from 'node:path'

// What Windows opens instead of a file, whatever the extension; refused everywhere, so that libraries can travel.
const device = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i

/** Whether Windows keeps this name for a device. */
export function isDeviceName(name: string): boolean {
  return device.test(name.trimEnd())
}

/**
 * Whether `relative` is a plain path that stays below any root it is put under: forward slashes only, no `.` or `..`,
 * not absolute, no drive letter or alternate stream, no control character, no device name, no end that Windows drops.
 */
export function staysInside(relative: string): boolean {
  if (/[\p{Cc}\\:]/u.test(relative)) return false
  return relative.split('/').every((part) => part !== '' && !/[. ]$/.test(part) && !isDeviceName(part))
}

/** Absolute path of `relative` below `root`, for a file still to be made; null when it would lie elsewhere. */
export function under(root: string, relative: string): string | null {
  return staysInside(relative) ? join(root, relative) : null
}

/**
 * The one way from a name to an existing file: its real absolute path, every link followed, or null when there is no
 * such file or it lies outside `root`. `root` itself may be a link. Raises only what `realpath` raises for a drive
 * that answers with an error.
 */
export async function inside(root: string, relative: string): Promise<string | null> {
  const path = under(root, relative)
  if (path === null) return null
  try {
    const [base, real] = await Promise.all([realpath(root), realpath(path)])
    return real.startsWith(base.endsWith(sep) ? base : base + sep) ? real : null
  } catch (error) {
    if (isAbsent(error)) return null
    throw error
  }
}

/** Whether a file error says that there is no such file, as opposed to a drive that fails. */
export function isAbsent(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | null)?.code
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'ENAMETOOLONG' || code === 'ELOOP'
}
