import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { keychainStates, secretPlaces, testStates } from '../words'
import { base, Done, Id, Money } from './common'
import { JobRow } from './job'

/** Whether the system's keychain can keep secrets; each other state has a sentence, `problem.keychain.<state>`. */
export const KeychainState = z.enum(keychainStates)
export type KeychainState = z.infer<typeof KeychainState>

/** Where a secret is kept: `session` is this run of the program only, by the person's own choice. */
export const SecretPlace = z.enum(secretPlaces)
export type SecretPlace = z.infer<typeof SecretPlace>

/** All that anybody ever learns of a secret. */
export const SecretInfo = z.object({
  name: z.string(),
  configured: z.boolean(),
  /** The last four characters of a secret long enough to show them. */
  last4: z.string().nullable(),
  kept: SecretPlace.nullable(),
})
export type SecretInfo = z.infer<typeof SecretInfo>

/** One step of a connection's test. `key` names its sentence, `test.<key>`, `remedy` what to do, in the catalogue. */
export const TestStep = z.object({
  id: z.string(),
  state: z.enum(testStates),
  key: z.string(),
  message: z.string(),
  /** `needs` is what the connection has ready for it. */
  remedy: z
    .object({ key: z.string(), message: z.string(), needs: z.literal('policy').optional() })
    .nullable(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
  /** The service's own words, without secrets. */
  raw: z.string().nullable(),
})
export type TestStep = z.infer<typeof TestStep>

/**
 * How the last test of a connection ended. `who` is the identity that the service saw; `standing` the sentence of the
 * step that tells how things stand with the account (`test.<key>`), such as what is left on it.
 */
export const TestResult = z.object({
  at: z.int(),
  ok: z.boolean(),
  who: z.string().nullable(),
  standing: TestStep.pick({ key: true, message: true, values: true }).optional(),
})
export type TestResult = z.infer<typeof TestResult>

/** One account at one provider. Its secrets are in the keychain and never here. */
export const Connection = z.object({
  id: Id,
  provider: z.string(),
  label: z.string(),
  /** Jobs of a connection that is switched off wait; what runs already is watched to its end. */
  enabled: z.boolean(),
  /** By the names that the provider declares. */
  settings: z.record(z.string(), z.unknown()),
  secrets: z.array(SecretInfo),
  /** Jobs of one model at a time; null leaves it to the model. */
  concurrency: z.int().nullable(),
  /** What it may spend in a month. */
  budget: Money.nullable(),
  tested: TestResult.nullable(),
  createdAt: z.int(),
  updatedAt: z.int(),
})
export type Connection = z.infer<typeof Connection>

const Label = z.string().trim().min(1).max(80)
const Settings = z.record(z.string().max(80), z.unknown())
const Secrets = z.record(z.string().max(80), z.string().max(16_384))
const Concurrency = z.int().min(1).max(50).nullable()
const Budget = Money.nullable()

/** What stands in the form of a connection that may not be saved yet; `id` lends it the secrets it has. */
export const ConnectionDraft = z.strictObject({
  id: Id.optional(),
  provider: z.string().max(80),
  settings: Settings,
  /** A secret that is null is not lent. */
  secrets: z.record(z.string().max(80), z.string().max(16_384).nullable()).optional(),
})

/** A kept secret that goes to no address it was not entered for, and the setting that names the new address. */
export const AskedAgain = z.object({ name: z.string(), setting: z.string() })
export type AskedAgain = z.infer<typeof AskedAgain>

/** A job that the provider has and the history does not. */
export const Stray = z.object({
  providerJobId: z.string(),
  model: z.string(),
  state: z.enum(['processing', 'succeeded', 'failed']),
  submittedAt: z.int(),
  /** Where its result lies, in the provider's own words. */
  place: z.string().nullable(),
})
export type Stray = z.infer<typeof Stray>

export const connections = {
  list: base
    .route({ method: 'GET', path: '/connections', summary: 'Accounts at providers; never their secrets' })
    .output(z.object({ connections: z.array(Connection), keychain: KeychainState })),
  create: base
    .route({ method: 'POST', path: '/connections', summary: 'Add an account', successStatus: 201 })
    .input(
      z.strictObject({
        provider: z.string().max(80),
        label: Label,
        settings: Settings.default({}),
        secrets: Secrets.default({}),
        /** Where to keep the secrets; `session` only when the person chose it. */
        keep: SecretPlace.default('keychain'),
        concurrency: Concurrency.default(null),
        budget: Budget.default(null),
      }),
    )
    .output(Connection),
  /** What is left out stays; a secret that is null is forgotten. */
  update: base
    .route({ method: 'PATCH', path: '/connections/{id}', summary: 'Change an account' })
    .input(
      z.strictObject({
        id: Id,
        label: Label.optional(),
        enabled: z.boolean().optional(),
        settings: Settings.optional(),
        secrets: z.record(z.string().max(80), z.string().max(16_384).nullable()).optional(),
        keep: SecretPlace.optional(),
        concurrency: Concurrency.optional(),
        budget: Budget.optional(),
      }),
    )
    .output(Connection),
  remove: base
    .route({
      method: 'DELETE',
      path: '/connections/{id}',
      summary: 'Remove an account and its secrets; refused while its jobs run',
    })
    .input(z.strictObject({ id: Id }))
    .output(Done),
  /** Costs nothing; answers each step as it is done. */
  test: base.input(ConnectionDraft).output(eventIterator(TestStep)),
  /** The rights that the provider's own console is to be given, ready to copy. */
  policy: base
    .input(z.strictObject({ provider: z.string().max(80), settings: Settings }))
    .output(z.object({ policy: z.string().nullable() })),
  /**
   * The secrets that a change to these settings has to carry anew, because they would go to another address; null where
   * the settings are not complete or right, so that nobody can say.
   */
  askedAgain: base
    .input(z.strictObject({ id: Id, settings: Settings }))
    .output(z.object({ secrets: z.array(AskedAgain).nullable() })),
  /** What this computer offers for signing in: names only. */
  local: base.input(z.strictObject({ provider: z.string().max(80) })).output(
    z.object({
      profiles: z.array(z.object({ name: z.string(), kind: z.string(), region: z.string().nullable() })),
      /** Variables that are set: those that may decide who signs in as “this computer”, and those that never do. */
      environment: z.object({ deciding: z.array(z.string()), ignored: z.array(z.string()) }),
    }),
  ),
  /** Jobs of the last days at the provider that the history does not know. */
  strays: base
    .route({ method: 'GET', path: '/connections/{id}/strays', summary: 'Jobs that only the provider knows' })
    .input(
      z.strictObject({
        id: Id,
        days: z.preprocess((v) => (typeof v === 'string' ? Number(v) : v), z.int().min(1).max(30).default(7)),
      }),
    )
    .output(z.object({ strays: z.array(Stray) })),
  adopt: base
    .route({
      method: 'POST',
      path: '/connections/{id}/adopt',
      summary: 'Take jobs that only the provider knows into the history',
      successStatus: 201,
    })
    .input(z.strictObject({ id: Id, providerJobIds: z.array(z.string().max(2048)).min(1).max(200) }))
    .output(z.object({ jobs: z.array(JobRow) })),
}
