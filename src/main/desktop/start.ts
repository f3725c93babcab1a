import { join } from 'node:path'
import { app, dialog } from 'electron'
import { inOneLine } from '@shared/problems'
import { z } from 'zod'
import { createRedactor, DataFolderTaken, defaultDataDir, development } from '../system'
import { readDesktopArgs } from './args'
import { keepCrashDumps } from './crashes'
import { isLink } from './links'
import { kindOf } from './opened'
import { registerScheme, takeLinks } from './scheme'
import { openShell, type Shell } from './shell'

/** Exit codes of the desktop shell, the same as the browser shell's. */
const exit = { failed: 1, taken: 3 } as const

/** What a second start hands over to the first. */
const Handover = z.object({ files: z.array(z.string()), links: z.array(z.string()) })
type Handover = z.infer<typeof Handover>

/**
 * Runs the desktop shell of the program built in `outDir`. Everything that Electron wants done before it is ready
 * happens before the first wait.
 */
export async function startDesktop(outDir: string): Promise<void> {
  const args = readDesktopArgs(process.argv.slice(app.isPackaged ? 1 : 2), process.cwd())
  const dataDir = args.dataDir ?? defaultDataDir()
  registerScheme()
  app.setName('Dailies')
  app.setAppUserModelId('studio.dailies')
  app.setPath('userData', join(dataDir, 'chromium'))
  keepCrashDumps(dataDir)
  const { files, links } = args
  const handover: Handover = { files, links }
  const dev = app.isPackaged ? null : development()
  if (!dev && !app.requestSingleInstanceLock(handover)) {
    // The first one comes to the front and takes what this one was given.
    app.quit()
    return
  }

  // Files and links may be opened before there is a studio to take them.
  const early: Handover = { files: [...files], links: [...links] }
  let shell: Shell | null = null
  const take = (given: Handover) => {
    if (shell) shell.open(given)
    else {
      early.files.push(...given.files)
      early.links.push(...given.links)
    }
  }
  app.on('open-file', (event, path) => {
    event.preventDefault()
    take({ files: [path], links: [] })
  })
  app.on('open-url', (event, address) => {
    event.preventDefault()
    take({ files: [], links: [address] })
  })
  app.on('second-instance', (_event, _args, _folder, data) => {
    shell?.show()
    const given = Handover.safeParse(data).data
    if (given)
      take({ files: given.files.filter((path) => kindOf(path) !== null), links: given.links.filter(isLink) })
  })

  await app.whenReady()
  if (app.isPackaged) takeLinks()
  try {
    const { library: libraryOverride, safeMode, minimized } = args
    shell = await openShell({ outDir, dataDir, libraryOverride, safeMode, dev, minimized })
    shell.open(early)
  } catch (error) {
    const said = inOneLine(error)
    dialog.showErrorBox('Dailies', error instanceof DataFolderTaken ? said : createRedactor().clean(said))
    app.exit(error instanceof DataFolderTaken ? exit.taken : exit.failed)
  }
}
