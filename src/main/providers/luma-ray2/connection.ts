import {
  ambient,
  AwsSettings,
  awsAddresses,
  awsSecrets,
  listProfiles,
  minimalPolicy,
  testConnection,
  type AwsClients,
} from '../../aws'
import type { ConnectionAccess, ConnectionKind, ProviderStray } from '../types'
import { list } from './client'
import { asProviderError } from './errors'
import { lumaRay2, wireModel } from './models'
import type { LumaOptions } from './provider'
import type { Invocation } from './status'

/** What an account at Bedrock is made of. `make` gives clients for it that are used once. */
export function connectionKind(
  { environment, clock, random }: Pick<LumaOptions, 'environment' | 'clock' | 'random'>,
  make: (access: ConnectionAccess, settings: AwsSettings) => AwsClients,
): ConnectionKind {
  return {
    settings: AwsSettings,
    secrets: awsSecrets.map(({ name, required }) => ({
      name,
      title: name,
      required,
      when: { field: 'signIn', in: ['keys'] },
    })),
    sentTo: (_secret, settings) => awsAddresses(AwsSettings.parse(settings)),
    docs: 'https://docs.aws.amazon.com/bedrock/latest/userguide/model-access.html',
    async *test(access, signal) {
      const clients = make(access, AwsSettings.parse(access.settings))
      try {
        yield* testConnection({
          aws: clients,
          modelId: wireModel,
          clock,
          random,
          signal,
        })
      } finally {
        clients.close()
      }
    },
    policy: (settings) => policyOf(settings),
    async local() {
      return { profiles: await listProfiles(environment.home), environment: ambient(environment.env) }
    },
    service: 'AWS',
    async list(access, since, signal) {
      const clients = make(access, AwsSettings.parse(access.settings))
      try {
        const strays: ProviderStray[] = []
        for await (const one of list(clients, {}, since, signal)) {
          if (one.modelArn.endsWith(`/${wireModel}`)) strays.push(strayOf(one))
        }
        return strays
      } catch (error) {
        throw asProviderError(error, 'list', clients.settings)
      } finally {
        clients.close()
      }
    },
  }
}

/** The least rights, for what stands in a form that may not be complete yet. */
function policyOf(settings: Record<string, unknown>): string {
  const text = (name: string, otherwise: string) => {
    const value = settings[name]
    return typeof value === 'string' && value !== '' ? value : otherwise
  }
  const kms = text('kmsKeyId', '')
  const policy = minimalPolicy({
    region: text('region', 'us-west-2'),
    bucket: text('bucket', 'YOUR-BUCKET'),
    prefix: typeof settings['prefix'] === 'string' ? settings['prefix'] : 'dailies/',
    ...(kms === '' ? {} : { kmsKeyId: kms }),
    modelIds: [wireModel],
  })
  return JSON.stringify(policy, null, 2)
}

function strayOf(invocation: Invocation): ProviderStray {
  const { invocationArn, clientRequestToken, status, submitTime, outputDataConfig } = invocation
  return {
    providerJobId: invocationArn,
    model: lumaRay2.info.id,
    state: stateOf(status),
    submittedAt: submitTime,
    place: outputDataConfig.s3OutputDataConfig.s3Uri,
    // Bedrock does not give back what was asked.
    params: {},
    token: clientRequestToken ?? null,
  }
}

function stateOf(status: Invocation['status']): ProviderStray['state'] {
  if (status === 'Completed') return 'succeeded'
  return status === 'Failed' ? 'failed' : 'processing'
}
