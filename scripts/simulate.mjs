// npm run simulate: every paid service on this machine, to try them without an account. Ends with Ctrl-C.
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from 'vite'
import { requireNode24 } from './lib/node.mjs'

requireNode24()
const root = join(import.meta.dirname, '..')
const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '20' },
    jobs: { type: 'string', default: '1' },
    port: { type: 'string', default: '4650' },
    help: { type: 'boolean', default: false },
  },
})
const [seconds, jobs, port] = [Number(values.seconds), Number(values.jobs), Number(values.port)]
const wrong = !(seconds >= 0) || !(Number.isInteger(jobs) && jobs > 0) || !(port >= 0 && port < 65_534)
if (values.help || wrong) {
  console.log(
    [
      'npm run simulate -- [--seconds 20] [--jobs 1] [--port 4650]',
      '',
      '  --seconds  how long a job takes',
      '  --jobs     how many may run at the same time',
      '  --port     the first of three ports on 127.0.0.1; 0 takes any that are free',
    ].join('\n'),
  )
  process.exit(values.help ? 0 : 2)
}

const out = mkdtempSync(join(tmpdir(), 'dailies-simulate-'))
process.on('exit', () => rmSync(out, { recursive: true, force: true }))
symlinkSync(join(root, 'node_modules'), join(out, 'node_modules'), 'junction')
await build({
  root,
  configFile: false,
  logLevel: 'warn',
  resolve: { alias: { '@shared': join(root, 'src', 'shared') } },
  build: {
    ssr: true,
    outDir: out,
    emptyOutDir: false,
    target: 'node24',
    rolldownOptions: {
      input: {
        aws: join(root, 'test', 'simulators', 'aws', 'aws.ts'),
        everyone: join(root, 'test', 'simulators', 'everyone.ts'),
      },
    },
  },
})
process.chdir(root)
const { startEveryone } = await import(pathToFileURL(join(out, 'everyone.js')).href)
const { startAws } = await import(pathToFileURL(join(out, 'aws.js')).href)

const start = (first) =>
  startAws({
    jobMs: seconds * 1000,
    concurrency: jobs,
    ...(first === 0 ? {} : { ports: { bedrock: first, s3: first + 1, sts: first + 2 } }),
    onRequest: say,
  })
const aws = await start(port).catch((error) => {
  if (error.code !== 'EADDRINUSE') throw error
  console.log(`Port ${error.port} is taken; using any that are free.`)
  return start(0)
})

const { accessKeyId, secretAccessKey } = aws.credential
const settings = [
  ['Access key ID', accessKeyId],
  ['Secret access key', secretAccessKey],
  ['Region', aws.region],
  ['Bucket', aws.bucket],
  ['Prefix', 'dailies/'],
  ['Bedrock endpoint', aws.urls.bedrock],
  ['Bedrock control endpoint', aws.urls.bedrock],
  ['S3 endpoint', aws.urls.s3],
  ['S3 path style', 'on'],
  ['STS endpoint', aws.urls.sts],
]
const others = await startEveryone(seconds)
console.log('\nEvery service is simulated on this machine: nothing leaves it and nothing is charged.')
console.log('Add a connection in Dailies with these values; addresses are under More settings.')
for (const { name, values } of [{ name: 'Luma Ray2 (AWS)', values: settings }, ...others]) {
  console.log(`\n${name}`)
  for (const [field, value] of values) console.log(`  ${field.padEnd(26)}${value}`)
}
console.log(
  `\nA job takes ${seconds} s, ${jobs === 1 ? 'one' : jobs} at a time; every job gives the same clip. Ctrl-C ends it.\n`,
)

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    void Promise.all([aws, ...others].map((one) => one.close())).then(() => {
      const bills = [{ name: 'Luma Ray2', billable: () => aws.billable() }, ...others]
      const told = bills.map(({ name, billable }) => `${name} ${billable()}`).join(', ')
      console.log(`\nJobs that would have been charged: ${told}`)
      process.exit(0)
    })
  })
}

/** One line a request: time, service, operation, answer, and how many jobs are on the bill. */
function say(request) {
  const time = new Date(request.at).toTimeString().slice(0, 8)
  const what = request.operation ?? `${request.method} ${request.url}`
  const answer = request.error
    ? `${request.status} ${request.error}`
    : (request.status ?? 'connection broken')
  const bill = request.operation === 'StartAsyncInvoke' ? `  (jobs charged: ${aws.billable()})` : ''
  console.log(`${time}  ${request.service.padEnd(8)} ${what.padEnd(32)} ${answer}${bill}`)
}
