import { join } from 'node:path'
import { startDesktop } from './desktop/start'

// Not awaited: Electron becomes ready only after this module has ended.
void startDesktop(join(import.meta.dirname, '..'))
