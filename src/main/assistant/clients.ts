import { sentence } from '@shared/problems'
import { createAws, createAwsCredentials, type AwsClients, type AwsEnvironment } from '../aws'
import type { Network } from '../network'
import type { Clock } from '../ports'
import { ProviderError, type ConnectionAccess } from '../providers'
import { ClaudeSettings, keyName, sentTo } from './settings'

/** The clients of one connection to Claude. */
export type ClaudeClients = AwsClients<ClaudeSettings>

export interface ClientDeps {
  network: Network
  /** Where profiles and variables of this computer are read. */
  environment: AwsEnvironment
  clock: Clock
}

/**
 * Makes clients of a connection: signed with AWS credentials, or with a Bedrock API key as bearer. Either way the
 * connection alone decides, whatever AWS_BEARER_TOKEN_BEDROCK says. The SDK repeats nothing at the runtime: that is done
 * by those who know whether a word has come.
 */
export function makeClients(
  access: ConnectionAccess,
  { network, environment, clock }: ClientDeps,
): ClaudeClients {
  const settings = ClaudeSettings.parse(access.settings)
  const { signIn } = settings
  const secret = (name: string) =>
    access.secret(
      name,
      sentTo(name, settings).map(({ url }) => url),
    )
  const credentials = createAwsCredentials({
    settings: { ...settings, signIn: signIn === 'key' ? 'keys' : signIn },
    secret,
    network,
    environment,
    clock,
  })
  return createAws({
    settings,
    credentials,
    ...(signIn === 'key' ? { bearer: () => keyOf(secret) } : {}),
    network,
    clock,
    runtimeAttempts: 1,
  })
}

async function keyOf(secret: (name: string) => Promise<string | null>): Promise<string> {
  const key = await secret(keyName)
  if (key !== null && key !== '') return key
  const { message, hint = null } = sentence('assistant.keyMissing')
  throw new ProviderError({
    code: 'auth',
    key: 'assistant.keyMissing',
    message,
    hint,
    retry: 'never',
    charged: 'no',
    sent: false,
  })
}

/** The clients of all connections, each made once for its settings. */
export interface ClaudePool {
  get(access: ConnectionAccess): ClaudeClients
  /** Ends the clients of a connection that was changed or removed; calls under way finish. */
  drop(connectionId: string): void
  close(): void
}

/** Keeps clients, so that sockets and credentials serve many calls. */
export function createPool(deps: ClientDeps): ClaudePool {
  const kept = new Map<string, { key: string; clients: ClaudeClients }>()
  const drop = (id: string) => {
    kept.get(id)?.clients.close()
    kept.delete(id)
  }
  return {
    get(access) {
      const key = JSON.stringify(access.settings)
      const known = kept.get(access.id)
      if (known?.key === key) return known.clients
      drop(access.id)
      const clients = makeClients(access, deps)
      kept.set(access.id, { key, clients })
      return clients
    },
    drop,
    close() {
      for (const id of kept.keys()) drop(id)
    },
  }
}
