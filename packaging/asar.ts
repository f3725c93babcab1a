import { getRawHeader } from '@electron/asar'

/** A folder (`files`) or a file (`size`, and whether it lies beside the archive) in the header of an asar archive. */
export interface ReadableAsar {
  files?: Record<string, ReadableAsar>
  size?: number
  unpacked?: boolean
}

/** Reads the header of an archive. Throws where the file is none. */
export function readAsar(path: string): ReadableAsar {
  return getRawHeader(path).header
}
