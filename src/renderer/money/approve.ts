import type { Approval } from '@shared/contract'
import i18next from 'i18next'
import { sum } from '../format'
import { confirm, type Question } from '../ui'
import { readBudget } from './budget'
import { refusalOf, yesTo, type MoneyRefusal } from './refusal'

/** What is about to be made, for the question. */
export interface About {
  verb: 'generate' | 'retry'
  /** The models' names. */
  models: readonly string[]
}

/**
 * Runs a call that makes jobs. Where the studio wants a yes to what they cost, asks for it and makes the call again
 * with the answer; null where the person stays. Any other error is thrown on.
 */
export async function approve<T extends object>(
  make: (approved: { approved?: Approval }) => Promise<T>,
  about: About,
): Promise<T | null> {
  let approved: Approval | undefined
  for (;;) {
    try {
      return await make(approved === undefined ? {} : { approved })
    } catch (error) {
      const refusal = refusalOf(error)
      if (refusal === null) throw error
      if (!(await ask(refusal, about))) return null
      approved = yesTo(refusal, approved)
    }
  }
}

/** Asks whether what was refused is wanted all the same. */
export async function ask(refusal: MoneyRefusal, about: About): Promise<boolean> {
  const standing = refusal.kind === 'overBudget' ? null : await budgetFact()
  const { ok } = await confirm(questionOf(refusal, about, standing))
  return ok
}

type Fact = NonNullable<Question['facts']>[number]

function questionOf(refusal: MoneyRefusal, { verb, models }: About, standing: Fact | null): Question {
  const t = i18next.t
  const { kind, jobs: count, unpriced } = refusal
  const amount = refusal.sum === null || refusal.sum.micros === 0 ? null : sum(refusal.sum)
  const limit = refusal.limit === null ? '' : sum(refusal.limit)
  const left = refusal.left === null ? '' : sum(refusal.left)
  const words = unpriced > 0 ? (`${verb}AtLeast` as const) : verb
  const action =
    amount === null ? t(`money.ask.${verb}Unknown`, { count }) : t(`money.ask.${words}`, { amount })
  const facts: Fact[] = [
    { name: t('money.ask.models'), value: models.join(', ') },
    {
      name: t('money.ask.estimate'),
      value: [
        ...(amount === null ? [] : [amount]),
        t('money.ask.videos', { count }),
        ...(unpriced > 0 ? [t('money.ask.unpriced', { count: unpriced })] : []),
      ].join(' · '),
    },
  ]
  switch (kind) {
    case 'confirm':
      return {
        title: t('money.ask.confirmTitle', { amount: amount ?? '' }),
        body: t('money.ask.confirmBody', { limit }),
        facts: [...facts, ...(standing ? [standing] : [])],
        action,
        ready: true,
      }
    case 'other':
      return {
        title: t('money.ask.confirmTitle', { amount: amount ?? '' }),
        body: t('money.ask.otherBody'),
        facts,
        action,
      }
    case 'unknown':
      return {
        title: t('money.ask.unknownTitle'),
        body: t('money.ask.unknownBody', { count: unpriced }),
        facts: [...facts, ...(standing ? [standing] : [])],
        action,
      }
    case 'overBudget': {
      const { connection } = refusal
      const name = connection === null ? t('money.budget') : t('money.budgetOf', { connection })
      return {
        title: t('money.ask.overTitle'),
        body: t('money.ask.overBody'),
        facts: [...facts, { name, value: t('money.ask.leftOf', { left, limit }) }],
        action,
        danger: true,
      }
    }
  }
}

/** How the month's budget over all stands; none where there is no budget, or where it cannot be read just now. */
async function budgetFact(): Promise<Fact | null> {
  const budget = await readBudget()
  const overall = budget?.standings.find(({ connectionId }) => connectionId === null)
  if (!overall || overall.limit === null) return null
  const { currency, limit, spent, unknown, reserved } = overall
  const left = Math.max(0, limit - spent - unknown - reserved)
  return {
    name: i18next.t('money.budget'),
    value: i18next.t('money.ask.leftOf', {
      left: sum({ micros: left, currency }),
      limit: sum({ micros: limit, currency }),
    }),
  }
}
