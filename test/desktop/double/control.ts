import { commands, type CommandName } from './commands'

/** What a test asks of the double, one at a time or many at once. */
export interface Ask {
  id: number
  name: CommandName
  args: unknown[]
}

export interface Answer {
  id: number
  value?: unknown
  error?: string
}

/** Hears the test that started this process; without one the double just runs. */
export function listen(): void {
  if (!process.send) return
  const tell = (answer: Answer) => process.send?.(answer)
  process.on('message', (ask: Ask) => {
    const command = commands[ask.name] as (...args: unknown[]) => unknown
    Promise.resolve()
      .then(() => command(...ask.args))
      .then(
        (value) => tell({ id: ask.id, value }),
        (error: unknown) =>
          tell({ id: ask.id, error: error instanceof Error ? error.message : String(error) }),
      )
  })
  // The test is gone: so is its program.
  process.on('disconnect', () => process.exit(1))
  process.channel?.unref()
}
