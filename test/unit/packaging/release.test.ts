import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { changesOf, mergeFeeds } from '../../../packaging/feed'
import { tempFolder } from '../../support/folder'

const root = join(import.meta.dirname, '..', '..', '..')
const folder = join(root, '.github', 'workflows')

/** What GitHub's own parser has to say against a workflow. */
async function faultsOf(name: string, content: string): Promise<string[]> {
  // It imports its JSON the way Node has given up.
  const hooks = registerHooks({
    load: (url, context, next) =>
      next(url, url.endsWith('.json') ? { ...context, importAttributes: { type: 'json' } } : context),
  })
  const parser = await import('@actions/workflow-parser').finally(() => hooks.deregister())
  const { context, value } = parser.parseWorkflow({ name, content }, new parser.NoOperationTraceWriter())
  const faults = context.errors.getErrors().map((error) => error.message)
  if (!value) return [...faults, 'The parser made nothing of it.']
  const template = await parser.convertWorkflowTemplate(context, value)
  return [...faults, ...(template.errors ?? []).map(({ Message }) => Message)]
}

interface Step {
  uses?: string
  if?: string
  run?: string
  env?: Record<string, string>
}
interface Target {
  system: string
  arch: string
  runner: string
}
interface Workflow {
  permissions: Record<string, string>
  jobs: Record<
    string,
    {
      permissions?: Record<string, string>
      'runs-on': string
      steps: Step[]
      strategy?: { matrix: { include: Target[] } }
    }
  >
}

/** The first major of each action that runs on Node 24; runners gave up Node 20 in September 2026. */
const onNode24: Record<string, number> = {
  checkout: 5,
  'setup-node': 5,
  'upload-artifact': 6,
  'download-artifact': 7,
}

/** Of https://docs.github.com/en/actions/reference/runners/github-hosted-runners: those without charge for public projects. */
const runners = [
  'ubuntu-24.04',
  'ubuntu-24.04-arm',
  'macos-15-intel',
  'macos-15',
  'windows-2025',
  'windows-11-arm',
]

const isTest = ({ run = '' }: Step) => run.endsWith('npm test')

describe.each(readdirSync(folder))('%s', (name) => {
  const text = readFileSync(join(folder, name), 'utf8')
  const workflow = parse(text) as Workflow
  const steps = Object.values(workflow.jobs).flatMap((job) => job.steps)

  test('is what GitHub’s own parser takes for a workflow', async () => {
    expect(await faultsOf(name, text)).toEqual([])
  })

  test('uses no action that can change under it, and none but GitHub’s own', () => {
    const used = steps.flatMap(({ uses }) => (uses === undefined ? [] : [uses]))
    expect(used.filter((uses) => !/^actions\/[\w-]+@(v\d+|[\da-f]{40})$/.test(uses))).toEqual([])
  })

  test('uses actions that run on the Node that runners still have', () => {
    const old = steps.filter(({ uses = '' }) => {
      const [, name = '', major = ''] = /^actions\/([\w-]+)@v(\d+)$/.exec(uses) ?? []
      return uses !== '' && !(Number(major) >= (onNode24[name] ?? Infinity))
    })
    expect(old).toEqual([])
  })

  test('asks for machines that GitHub has', () => {
    const asked = Object.values(workflow.jobs).flatMap((job) =>
      job.strategy ? job.strategy.matrix.include.map(({ runner }) => runner) : [job['runs-on']],
    )
    expect(asked.filter((label) => !runners.includes(label))).toEqual([])
  })

  test('plays the scenes in the packed program on each of its systems, after the binary is there', () => {
    for (const { steps } of Object.values(workflow.jobs).filter((job) => job.steps.some(isTest))) {
      const systems = new Set(steps.filter(isTest).map((step) => step.if))
      const played = steps.filter(({ run = '' }) => run.endsWith('npm run test:package'))
      expect(new Set(played.map((step) => step.if))).toEqual(systems)
      const at = steps.findIndex(({ run = '' }) => run.endsWith('npm run test:package'))
      expect(steps.findIndex(({ run }) => run === 'npx install-electron --no')).toBeLessThan(at)
      const handed = steps.findIndex(({ uses = '' }) => uses.startsWith('actions/upload-artifact@'))
      expect(handed === -1 || at < handed).toBe(true)
      const onLinux = played.filter((step) => step.if !== "matrix.system != 'linux'")
      expect(onLinux.every(({ run = '' }) => run.startsWith('xvfb-run '))).toBe(true)
    }
  })

  test('may only read, but for the one job that drafts a release', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' })
    const more = Object.entries(workflow.jobs).filter(([, job]) => job.permissions)
    expect(more.map(([job, { permissions }]) => [job, permissions])).toEqual(
      name === 'release.yml' ? [['draft', { contents: 'write' }]] : [],
    )
  })

  test('puts no secret and no words of an event into a command line, where they would run', () => {
    const runs = steps.flatMap(({ run }) => (run === undefined ? [] : [run]))
    expect(runs.filter((run) => /\$\{\{\s*(secrets|github\.(event|head_ref))/.test(run))).toEqual([])
  })

  test('brings Electron’s binary by name before it tests, since npm runs no scripts', () => {
    const runs = steps.flatMap(({ run }) => (run === undefined ? [] : [run]))
    const tests = runs.findIndex((run) => isTest({ run }))
    expect(runs.indexOf('npx install-electron --no')).toBeGreaterThan(-1)
    expect(runs.indexOf('npx install-electron --no')).toBeLessThan(tests)
  })
})

test('the parser would say what is wrong with a workflow', async () => {
  const job = 'on: push\njobs:\n  one:\n    runs-on: ubuntu-24.04\n'
  expect(await faultsOf('odd.yml', `${job}    stepz: []\n`)).toContainEqual(expect.stringContaining('stepz'))
  const wrong = `${job}    steps:\n      - run: echo `
  expect(await faultsOf('odd.yml', wrong.concat('${{ secret.X }}\n'))).not.toEqual([])
})

test('a release is packed for three systems on two processors', () => {
  const { jobs } = parse(readFileSync(join(folder, 'release.yml'), 'utf8')) as Workflow
  const targets = jobs['package']?.strategy?.matrix.include ?? []
  expect(targets.map(({ system, arch }) => `${system}-${arch}`).toSorted()).toEqual([
    'linux-arm64',
    'linux-x64',
    'mac-arm64',
    'mac-x64',
    'win-arm64',
    'win-x64',
  ])
})

describe('collecting a release', () => {
  const feed = (arch: string, version = '0.2.0') => ({
    version,
    files: [{ url: `Dailies-${version}-win-${arch}.exe`, sha512: arch }],
    path: `Dailies-${version}-win-${arch}.exe`,
    sha512: arch,
  })

  test('makes one feed of two, or one kind of machine would be offered the other’s program', () => {
    expect(mergeFeeds([feed('arm64'), feed('x64')]).files.map(({ url }) => url)).toEqual([
      'Dailies-0.2.0-win-arm64.exe',
      'Dailies-0.2.0-win-x64.exe',
    ])
  })

  test('refuses feeds of two versions', () => {
    expect(() => mergeFeeds([feed('x64'), feed('arm64', '0.3.0')])).toThrow('do not belong together')
  })

  test('takes the notes of the version out of the change log, and nothing of another', () => {
    const log = '# Changelog\n\n## 0.2.0 (2026-12-01)\n\n- New.\n\n## 0.1.0\n\n- Old.\n'
    expect(changesOf(log, '0.2.0')).toBe('- New.')
    expect(changesOf(log, '0.1.0')).toBe('- Old.')
    expect(changesOf(log, '0.3.0')).toBe('')
  })

  test('lays packages, feeds and notes side by side, and says what is not signed', () => {
    const work = tempFolder()
    for (const arch of ['x64', 'arm64']) {
      mkdirSync(join(work, 'packages', `win-${arch}`), { recursive: true })
      writeFileSync(join(work, 'packages', `win-${arch}`, 'latest.yml'), JSON.stringify(feed(arch)))
      writeFileSync(join(work, 'packages', `win-${arch}`, `Dailies-0.2.0-win-${arch}.exe`), arch)
    }
    execFileSync(process.execPath, [join(root, 'scripts', 'release.mjs'), 'packages', 'release'], {
      cwd: work,
      env: { MAC_SIGNED: 'true', WINDOWS_SIGNED: 'false' },
    })
    expect(readdirSync(join(work, 'release')).toSorted()).toEqual([
      'Dailies-0.2.0-win-arm64.exe',
      'Dailies-0.2.0-win-x64.exe',
      'latest.yml',
    ])
    expect(parse(readFileSync(join(work, 'release', 'latest.yml'), 'utf8'))).toMatchObject({
      version: '0.2.0',
    })
    const notes = readFileSync(join(work, 'notes.md'), 'utf8')
    expect(notes).toContain('The packages for Windows are not signed')
  })
})
