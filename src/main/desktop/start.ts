import { join } from 'node:path'
import { app, dialog } from 'electron'
import { inOneLine } from '@shared/problems'
import { z } from 'zod'
import { DataFolderTaken, defaultDataDir, development } from '../system'
import { readDesktopArgs } from './args'
import { isImagePath } from './opened'
import { registerScheme } from './scheme'
import { openShell, type Shell } from './shell'

/** Exit codes of the desktop shell, the same as the browser shell's. */
const exit = { failed: 1, taken: 3 } as const

/** What a second start hands over to the first. */
const Handover = z.object({ images: z.array(z.string()) })

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
  const handover: z.infer<typeof Handover> = { images: args.images }
  const dev = app.isPackaged ? null : development()
  if (!dev && !app.requestSingleInstanceLock(handover)) {
    // The first one comes to the front and takes the images.
    app.quit()
    return
  }

  // Images may be opened before there is a studio to take them.
  const early = [...args.images]
  let shell: Shell | null = null
  const take = (images: readonly string[]) => {
    if (shell) shell.openImages(images)
    else early.push(...images)
  }
  app.on('open-file', (event, path) => {
    event.preventDefault()
    if (isImagePath(path)) take([path])
  })
  app.on('second-instance', (_event, _args, _folder, data) => {
    shell?.show()
    take(Handover.safeParse(data).data?.images.filter(isImagePath) ?? [])
  })

  await app.whenReady()
  try {
    shell = await openShell({ outDir, dataDir, libraryOverride: args.library, safeMode: args.safeMode, dev })
    shell.openImages(early)
  } catch (error) {
    dialog.showErrorBox('Dailies', inOneLine(error))
    app.exit(error instanceof DataFolderTaken ? exit.taken : exit.failed)
  }
}
