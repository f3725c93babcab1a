import { z } from 'zod'
import { JobSort } from '@shared/contract'
import { issue, StudioError } from '@shared/problems'
import type { Place } from './roster'

const Cursor = z.tuple([JobSort, z.number(), z.int()])

/** Where the next slice of a list goes on, opaque to whoever carries it. */
export function writeCursor(sort: JobSort, { key, seq }: Place): string {
  return Buffer.from(JSON.stringify([sort, key, seq])).toString('base64url')
}

/** Reads a cursor back; throws `invalid_request` for anything {@link writeCursor} did not make for this sort. */
export function readCursor(sort: JobSort, cursor: string | undefined): Place | null {
  if (cursor === undefined) return null
  try {
    const [made, key, seq] = Cursor.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()))
    if (made === sort) return { key, seq }
  } catch {
    // Refused below, like a cursor of another sort.
  }
  throw new StudioError('invalid_request', 'request.invalid', { issues: [issue(['cursor'], 'list.cursor')] })
}
