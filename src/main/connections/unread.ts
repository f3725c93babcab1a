import type { TestStep } from '@shared/contract'
import type { ProblemValues } from '@shared/problems'
import { ProviderError, stepsOf, type ConnectionAccess, type StepName } from '../providers'

const step = stepsOf('keys')

const names: Readonly<Record<string, StepName<'keys'>>> = {
  'keychain.absent': 'absent',
  'keychain.locked': 'locked',
  'keychain.dismissed': 'dismissed',
  'keychain.denied': 'denied',
  'keychain.failed': 'failed',
  'connection.secretGone': 'gone',
  'connection.sessionOver': 'over',
  'connection.otherAddress': 'elsewhere',
}

/**
 * An account during its test. Why a secret was not given out is the same whichever provider asked for it: `say` puts it
 * into the step that failed for want of it.
 */
export function telling(access: ConnectionAccess): {
  access: ConnectionAccess
  say: <Step extends TestStep>(asked: Step) => Step
} {
  let refusal: { name: StepName<'keys'>; values: ProblemValues } | null = null
  return {
    access: {
      ...access,
      secret: (secret, to) =>
        access.secret(secret, to).catch((error: unknown) => {
          const name = error instanceof ProviderError ? names[error.detail.key] : undefined
          if (name && error instanceof ProviderError) refusal = { name, values: error.detail.values ?? {} }
          throw error
        }),
    },
    say(asked) {
      if (refusal === null || asked.state !== 'failed') return asked
      const { name, values } = refusal
      refusal = null
      return { ...asked, ...step(asked.id, 'failed', name, values) }
    },
  }
}
