import type Electron from 'electron'
import { record } from '../record'
import { strict } from '../strict'

const switches = new Map<string, string>()

/** Chromium's switches: those of the command line and those the program adds before it is ready. */
export const commandLine = strict('app.commandLine', {
  appendSwitch(name, value = '') {
    switches.set(name, value)
    record.switches[name] = value
  },
  appendArgument() {},
  removeSwitch(name) {
    switches.delete(name)
  },
  hasSwitch: (name) => switches.has(name) || process.argv.some((one) => one.split('=', 1)[0] === `--${name}`),
  getSwitchValue: (name) =>
    switches.get(name) ??
    process.argv.find((one) => one.startsWith(`--${name}=`))?.slice(name.length + 3) ??
    '',
  /** As arguments for the Chromium that is started. */
  forChromium: () =>
    [...switches].map(([name, value]) => (value === '' ? `--${name}` : `--${name}=${value}`)),
} satisfies Electron.CommandLine & { forChromium(): string[] })
