import pino from 'pino'
import { onTestFinished } from 'vitest'
import { openHistory, type History, type NewJob } from '../../../src/main/history'
import { ManualClock, seededRandom } from '../../support/clock'
import { tempFolder } from '../../support/folder'

export const log = pino({ level: 'silent' })

/** A history of its own, on a real file, closed when the test ends. */
export async function openTestHistory(
  dataDir = tempFolder(),
  clock = new ManualClock(),
): Promise<{ history: History; clock: ManualClock; dataDir: string }> {
  const history = await openHistory({ dataDir, clock, log })
  onTestFinished(() => history.close())
  return { history, clock, dataDir }
}

/** Makes jobs to insert, each with an id of its own; what is not given is the plainest. */
export function jobMaker(seed = 1) {
  const random = seededRandom(seed)
  return (given: Partial<NewJob> = {}): NewJob => {
    const createdAt = given.createdAt ?? Date.UTC(2026, 10, 21, 9)
    return {
      id: random.id(createdAt),
      batchId: null,
      retryOf: null,
      prompt: 'A lighthouse at dawn',
      provider: 'animatic',
      model: 'animatic-1',
      connectionId: null,
      endpoint: null,
      params: { seed: 7 },
      inputs: [],
      request: null,
      idempotencyToken: random.id(createdAt),
      estimate: null,
      priceDate: null,
      ratio: 16 / 9,
      createdAt,
      ...given,
    }
  }
}
