import { startAws, type AwsOptions } from './aws'
import { serveControl } from './control'

// The simulators as a process of their own, which outlives the program under test. Tells its addresses as one JSON
// line, and ends when its input is closed.

/** Options as JSON: a video is a file, and no clock can be handed over. A `jobMs` of null never ends by itself. */
export type AwsChildConfig = Omit<AwsOptions, 'clock' | 'wall' | 'onRequest' | 'video' | 'jobMs'> & {
  video?: { path: string }
  jobMs?: number | null
}

export interface AwsChildReady {
  control: string
}

const { jobMs, ...rest } = JSON.parse(process.argv[2] ?? '') as AwsChildConfig
const aws = await startAws({
  ...rest,
  ...(jobMs === undefined ? {} : { jobMs: jobMs ?? Number.POSITIVE_INFINITY }),
})
const control = await serveControl(aws)
const ready: AwsChildReady = { control: control.url }
process.stdout.write(`${JSON.stringify(ready)}\n`)
process.stdin.resume()
process.stdin.on('end', () => {
  void Promise.all([aws.close(), control.close()]).then(() => process.exit(0))
})
