import type { Implementer } from './implementer'
import type { Services } from './services'

const done = { ok: true } as const
/** A page that fails again and again says nothing new. */
const failuresMost = 100

/** What a person can hand to somebody who helps them, and what the page has to say for the log. */
export function diagnosticsHandlers(os: Implementer['diagnostics'], { diagnostics, log }: Services) {
  let failures = 0
  return {
    report: os.report.handler(() => diagnostics.report()),
    prepare: os.prepare.handler(({ input }) => diagnostics.prepare(input)),
    save: os.save.handler(({ input }) => diagnostics.save(input.id)),
    download: os.download.handler(({ input }) => {
      const { name, archive } = diagnostics.archive(input.id)
      return new File([archive], name, { type: 'application/zip' })
    }),
    openLogs: os.openLogs.handler(async () => {
      await diagnostics.openLogs()
      return done
    }),
    pageFailed: os.pageFailed.handler(({ input }) => {
      failures += 1
      if (failures <= failuresMost) log.error({ page: input }, 'the page failed')
      return done
    }),
  }
}
