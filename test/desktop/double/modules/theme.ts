import { EventEmitter } from 'node:events'
import type Electron from 'electron'
import { config } from '../config'
import { strict } from '../strict'

type Source = Electron.NativeTheme['themeSource']

/** The system's light and dark, and the program's own choice over it. */
class NativeTheme
  extends EventEmitter
  implements
    Pick<
      Electron.NativeTheme,
      'themeSource' | 'shouldUseDarkColors' | 'shouldUseHighContrastColors' | 'prefersReducedTransparency'
    >
{
  private source: Source = 'system'
  private systemIsDark = config().dark
  readonly shouldUseHighContrastColors = false
  readonly prefersReducedTransparency = false
  get themeSource(): Source {
    return this.source
  }
  set themeSource(source: Source) {
    const was = this.shouldUseDarkColors
    this.source = source
    if (was !== this.shouldUseDarkColors) this.emit('updated')
  }
  get shouldUseDarkColors(): boolean {
    return this.source === 'system' ? this.systemIsDark : this.source === 'dark'
  }
  /** The system turns dark or light. */
  turn(dark: boolean): void {
    const was = this.shouldUseDarkColors
    this.systemIsDark = dark
    if (was !== this.shouldUseDarkColors) this.emit('updated')
  }
}

export const nativeTheme = strict('nativeTheme', new NativeTheme())
