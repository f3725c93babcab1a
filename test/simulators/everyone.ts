import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startJimeng } from './jimeng'
import { startKling } from './kling'
import { startRunway } from './runway'
import { startWan22 } from './wan22'

/** A service on this machine: what to type into its connection, and what stands on its bill. */
export interface Simulated {
  name: string
  /** Fields of the connection's form by their labels, in its order. */
  values: [field: string, value: string][]
  billable(): number
  close(): Promise<void>
}

/** Starts every paid service but AWS on loopback. A job takes about `seconds`; the program asks every five. */
export async function startEveryone(seconds: number): Promise<Simulated[]> {
  const video = readFileSync(join(process.cwd(), 'test', 'fixtures', 'clip.mp4'))
  const pollsUntilDone = Math.max(1, Math.round(seconds / 5))
  const wan = await startWan22({ video })
  const runway = await startRunway({ behaviour: { pollsUntilDone, daily: 10_000 } })
  const kling = await startKling({ jobMs: seconds * 1000 })
  const jimeng = await startJimeng({ video, pollsUntilDone })
  return [
    {
      name: 'Cerebrium',
      values: [
        ['Address of the deployment', wan.address],
        ['API key', wan.key],
      ],
      billable: () => wan.runs,
      close: () => wan.close(),
    },
    {
      name: 'Runway',
      values: [
        ['API key', runway.apiKey],
        ['Other address', runway.url],
      ],
      billable: () => runway.tasks.length,
      close: () => runway.close(),
    },
    {
      name: 'Kling',
      values: [
        ['API key', kling.apiKey],
        ['Other address', kling.url],
      ],
      billable: () => kling.billable(),
      close: () => kling.close(),
    },
    {
      name: 'Jimeng',
      values: [
        ['Access key ID', jimeng.account.accessKeyId],
        ['Secret access key', jimeng.account.secretAccessKey],
        ['Volcengine address', jimeng.url],
      ],
      billable: () => jimeng.billable(),
      close: () => jimeng.close(),
    },
  ]
}
