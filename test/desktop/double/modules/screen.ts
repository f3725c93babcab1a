import { EventEmitter } from 'node:events'
import type Electron from 'electron'
import { strict } from '../strict'

/** A display of the usual kind at a place. */
function display(id: number, bounds: Electron.Rectangle): Electron.Display {
  return {
    id,
    bounds,
    workArea: { ...bounds, height: bounds.height - 40 },
    size: { width: bounds.width, height: bounds.height },
    workAreaSize: { width: bounds.width, height: bounds.height - 40 },
    nativeOrigin: { x: bounds.x, y: bounds.y },
    label: `Display ${id}`,
    scaleFactor: 1,
    rotation: 0,
    internal: id === 1,
    detected: true,
    accelerometerSupport: 'unknown',
    touchSupport: 'unavailable',
    monochrome: false,
    colorDepth: 24,
    colorSpace: '{primaries:BT709, transfer:SRGB, matrix:RGB, range:FULL}',
    depthPerComponent: 8,
    displayFrequency: 60,
    maximumCursorSize: { width: 64, height: 64 },
  }
}

const overlap = (a: Electron.Rectangle, b: Electron.Rectangle) =>
  Math.max(0, Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)) *
  Math.max(0, Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y))

class Screen
  extends EventEmitter
  implements
    Pick<
      Electron.Screen,
      | 'getAllDisplays'
      | 'getPrimaryDisplay'
      | 'getDisplayMatching'
      | 'getDisplayNearestPoint'
      | 'getCursorScreenPoint'
    >
{
  private displays = [display(1, { x: 0, y: 0, width: 1920, height: 1080 })]
  getAllDisplays(): Electron.Display[] {
    return this.displays
  }
  getPrimaryDisplay(): Electron.Display {
    const [first] = this.displays
    if (!first) throw new Error('There is no display.')
    return first
  }
  getDisplayMatching(rect: Electron.Rectangle): Electron.Display {
    return (
      this.displays.toSorted((a, b) => overlap(b.bounds, rect) - overlap(a.bounds, rect))[0] ??
      this.getPrimaryDisplay()
    )
  }
  getDisplayNearestPoint({ x, y }: Electron.Point): Electron.Display {
    return this.getDisplayMatching({ x, y, width: 1, height: 1 })
  }
  getCursorScreenPoint(): Electron.Point {
    return { x: 0, y: 0 }
  }
  /** Displays are plugged in and out, by their places. */
  plug(places: Electron.Rectangle[]): void {
    const was = this.displays
    this.displays = places.map((bounds, index) => display(index + 1, bounds))
    for (const gone of was.slice(places.length)) this.emit('display-removed', {}, gone)
    for (const came of this.displays.slice(was.length)) this.emit('display-added', {}, came)
    for (const stayed of this.displays.slice(0, was.length)) {
      this.emit('display-metrics-changed', {}, stayed, ['bounds', 'workArea'])
    }
  }
}

export const screen = strict('screen', new Screen())
