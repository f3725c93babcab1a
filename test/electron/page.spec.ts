import { describe } from 'vitest'
import { pageScenes } from '../desktop/scenes/page'
import { findElectron } from './binary'
import { launchElectron } from './launch'

describe.skipIf(findElectron() === null)('in a real Electron', () => {
  pageScenes(launchElectron)
})
