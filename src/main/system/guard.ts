import type { Logger } from 'pino'

/**
 * Writes what nobody caught into the log. A promise that was left alone is told and no more; after an exception nobody
 * can say what still holds, so `end` is called: jobs are taken up from their rows by the next start.
 */
export function guardProcess(log: Logger, end: (error: unknown) => void): void {
  process.on('unhandledRejection', (reason) => log.error({ err: reason }, 'a promise was left alone'))
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'an exception was caught by nobody')
    end(error)
  })
}
