import { StudioError } from '@shared/problems'
import { isAbsent } from './inside'

/** A file error of the library as a sentence with the way out; anything else is handed on as it is. */
export function storageFault(error: unknown, folder: string): unknown {
  const code = (error as NodeJS.ErrnoException | null)?.code
  if (error instanceof StudioError || typeof code !== 'string') return error
  const options = { values: { path: folder }, cause: error }
  if (isAbsent(error)) return new StudioError('storage', 'library.missing', options)
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return new StudioError('storage', 'library.full', options)
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return new StudioError('storage', 'library.readOnly', options)
    case 'EIO':
    case 'ENXIO':
    case 'ENODEV':
    case 'EBUSY':
    case 'ESTALE':
    case 'ENOTCONN':
    case 'EHOSTDOWN':
    case 'ETIMEDOUT':
    case 'EMFILE':
    case 'ENFILE':
      return new StudioError('storage', 'library.failed', {
        ...options,
        values: { path: folder, reason: code },
      })
    default:
      return error
  }
}
