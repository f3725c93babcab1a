import type Electron from 'electron'
import { record } from '../record'
import { strict } from '../strict'

export const crashReporter = strict('crashReporter', {
  start(options: Electron.CrashReporterStartOptions) {
    record.crashReporter = { ...options }
  },
  getUploadToServer: () => record.crashReporter?.['uploadToServer'] === true,
  setUploadToServer(upload: boolean) {
    record.crashReporter = { ...record.crashReporter, uploadToServer: upload }
  },
  getLastCrashReport: () => null,
  getUploadedReports: () => [],
  addExtraParameter() {},
  removeExtraParameter() {},
  getParameters: () => ({}),
} satisfies Partial<Record<keyof Electron.CrashReporter, unknown>>)
