import { EventEmitter } from 'node:events'
import type Electron from 'electron'
import { record } from '../record'
import { strict } from '../strict'

/** The system's sleep and waking; a test tells of them. */
class PowerMonitor
  extends EventEmitter
  implements
    Pick<
      Electron.PowerMonitor,
      | 'getSystemIdleState'
      | 'getSystemIdleTime'
      | 'isOnBatteryPower'
      | 'onBatteryPower'
      | 'getCurrentThermalState'
    >
{
  onBatteryPower = false
  getSystemIdleState(): 'active' {
    return 'active'
  }
  getSystemIdleTime(): number {
    return 0
  }
  isOnBatteryPower(): boolean {
    return this.onBatteryPower
  }
  getCurrentThermalState(): 'nominal' {
    return 'nominal'
  }
}

export const powerMonitor = strict('powerMonitor', new PowerMonitor())

const blockers = new Map<number, string>()
let last = 0
const remember = () => void (record.awake = [...blockers.values()])

export const powerSaveBlocker = strict('powerSaveBlocker', {
  start(type) {
    last += 1
    blockers.set(last, type)
    remember()
    return last
  },
  stop(id) {
    const held = blockers.delete(id)
    remember()
    return held
  },
  isStarted: (id) => blockers.has(id),
} satisfies Pick<Electron.PowerSaveBlocker, 'start' | 'stop' | 'isStarted'>)
