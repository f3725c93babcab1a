import { describe } from 'vitest'
import { menuScenes } from '../desktop/scenes/menu'
import { findElectron } from './binary'
import { launchElectron } from './launch'

describe.skipIf(findElectron() === null)('in a real Electron', () => {
  menuScenes(launchElectron)
})
