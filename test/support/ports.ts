import { join } from 'node:path'
import { pino } from 'pino'
import type { Desk, StudioPorts } from '../../src/main/ports'
import { systemClock, systemRandom } from '../../src/main/system'
import { barePorts } from './surroundings'

/** A desk without a desktop: nothing of it may be reached from a test. */
export const bareDesk: Desk = {
  capabilities: { dragOut: false, dialogs: false, reveal: false, trash: false, systemNotifications: false },
  reveal: () => Promise.reject(new Error('no desktop')),
  open: () => Promise.reject(new Error('no desktop')),
  trash: () => Promise.resolve(false),
  dialogs: null,
  dragOut: null,
  notify: null,
}

/** What a studio on `folder` is given: its own folders, the real time, and a computer with nothing around the program. */
export function studioPorts(folder: string, change: Partial<StudioPorts> = {}): StudioPorts {
  return {
    clock: systemClock,
    random: systemRandom,
    paths: {
      dataDir: join(folder, 'data'),
      defaultLibrary: join(folder, 'videos'),
      libraryOverride: null,
      pageDir: join(folder, 'page'),
    },
    desk: bareDesk,
    log: pino({ level: 'silent' }),
    version: '1.2.3',
    ...barePorts,
    ...change,
  }
}
