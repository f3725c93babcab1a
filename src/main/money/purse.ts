import type { ConnectionStore, SettingStore, SpendingStore } from '../history'
import type { Clock } from '../ports'
import { csvName, csvText } from './csv'
import { check } from './guard'
import { createCalendar } from './months'
import { standings } from './standings'
import type { Purse } from './types'
import { usageRows } from './usage'

export interface PurseDeps {
  spending: SpendingStore
  connections: Pick<ConnectionStore, 'all' | 'get'>
  settings: Pick<SettingStore, 'get'>
  clock: Pick<Clock, 'now'>
  /** IANA name of the zone whose months count; the system's by default. */
  timeZone?: string
}

/** Makes the purse of one history. Months are those of the person's own calendar. */
export function createPurse({ spending, connections, settings, clock, timeZone }: PurseDeps): Purse {
  const calendar = createCalendar(timeZone)
  const label = (id: string) => connections.get(id)?.label ?? null
  /** Each label is looked up once for a whole table. */
  const labels = () => {
    const known = new Map<string, string | null>()
    return (id: string) => {
      if (!known.has(id)) known.set(id, label(id))
      return known.get(id) ?? null
    }
  }

  const usage: Purse['usage'] = (range) => usageRows(spending, calendar.range(range), calendar, labels())
  const budget: Purse['budget'] = () => {
    const month = calendar.monthOf(clock.now())
    const { budget: overall, budgetWarning: warning } = settings.get()
    const rows = usage({ from: month, to: month })
    return { month, standings: standings(rows, { overall, warning, connections: connections.all() }) }
  }

  return {
    usage,
    budget,
    guard(wanted, approved) {
      // What is free needs no look at the books.
      if (wanted.every(({ estimate }) => estimate?.micros === 0)) return
      check(wanted, approved, {
        confirmAbove: settings.get().confirmAbove,
        standings: budget().standings.filter(({ limit }) => limit !== null),
        label,
      })
    },
    csv: async (range) => ({
      name: csvName(range),
      text: await csvText(spending, calendar.range(range), calendar, labels()),
    }),
  }
}
