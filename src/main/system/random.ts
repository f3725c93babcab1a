import { v7 } from 'uuid'
import type { Random } from '../ports'

/** Randomness of the runtime; ids are UUID v7 of the given moment. */
export const systemRandom: Random = {
  fraction: () => Math.random(),
  id: (at) => v7({ msecs: at }),
}
