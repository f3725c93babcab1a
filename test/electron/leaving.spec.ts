import { describe } from 'vitest'
import { leavingScenes } from '../desktop/scenes/leaving'
import { findElectron } from './binary'
import { launchElectron } from './launch'

describe.skipIf(findElectron() === null)('in a real Electron', () => {
  leavingScenes(launchElectron)
})
