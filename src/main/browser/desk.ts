import { spawn } from 'node:child_process'
import { dirname } from 'node:path'
import { StudioError } from '@shared/problems'
import open from 'open'
import trash from 'trash'
import type { Desk } from '../ports'

/** What the studio can do for the person without a window of its own: the system's own programs do it. */
export function createBrowserDesk(): Desk {
  const desktop = hasDesktop(process.platform, process.env)
  return {
    capabilities: {
      dragOut: false,
      dialogs: false,
      reveal: desktop,
      trash: true,
      systemNotifications: false,
    },
    async reveal(path) {
      if (!desktop) throw new StudioError('unavailable', 'desk.unavailable')
      await reveal(path)
    },
    async open(path) {
      if (!desktop) throw new StudioError('unavailable', 'desk.unavailable')
      await open(path)
    },
    async trash(path) {
      try {
        await trash(path, { glob: false })
        return true
      } catch {
        // A folder on a volume without a bin: whoever asked decides what then.
        return false
      }
    },
    dialogs: null,
    dragOut: null,
    notify: null,
  }
}

async function reveal(path: string): Promise<void> {
  if (process.platform === 'darwin') launch('open', ['-R', path])
  else if (process.platform === 'win32') launch('explorer.exe', ['/select,', path])
  else await open(dirname(path))
}

function launch(command: string, args: string[]): void {
  const child = spawn(command, args, { detached: true, stdio: 'ignore' })
  child.on('error', () => {})
  child.unref()
}

/** On Linux a session without a display has no program to show a folder with. */
function hasDesktop(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): boolean {
  return platform !== 'linux' || Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY'])
}
