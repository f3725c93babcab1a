import { describe } from 'vitest'
import { workScenes } from '../desktop/scenes/work'
import { findElectron } from './binary'
import { launchElectron } from './launch'

describe.skipIf(findElectron() === null)('in a real Electron', () => {
  workScenes(launchElectron)
})
