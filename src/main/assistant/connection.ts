import { ambient, listProfiles } from '../aws'
import type { ConnectionKind, Holder } from '../providers'
import { known } from './catalog'
import { testClaude } from './check'
import { makeClients, type ClientDeps } from './clients'
import { ClaudeSettings, claudeSecrets, sentTo } from './settings'
import { claudeId } from './types'

/** Claude among what accounts can be at: it writes words and makes no videos. */
export function claudeHolder(deps: ClientDeps): Holder {
  return { id: claudeId, label: 'Claude', connection: claudeConnection(deps) }
}

/** What an account of Claude on Amazon Bedrock is made of, and how it is tried. */
function claudeConnection(deps: ClientDeps): ConnectionKind {
  return {
    settings: ClaudeSettings,
    secrets: claudeSecrets,
    sentTo: (secret, settings) => sentTo(secret, ClaudeSettings.parse(settings)),
    docs: 'https://docs.aws.amazon.com/bedrock/latest/userguide/model-access.html',
    async *test(access, signal) {
      const clients = makeClients(access, deps)
      try {
        yield* testClaude({ clients, clock: deps.clock, signal })
      } finally {
        clients.close()
      }
    },
    policy: ({ region }) => policyOf(typeof region === 'string' && region !== '' ? region : 'us-west-2'),
    async local() {
      const { home, env } = deps.environment
      return { profiles: await listProfiles(home), environment: ambient(env) }
    },
  }
}

/**
 * The least that a user or role needs: answers through inference profiles of the region, the models behind them in
 * every region that a profile may choose, and looking up what there is.
 */
function policyOf(region: string): string {
  const partition = region.startsWith('us-gov-') ? 'aws-us-gov' : region.startsWith('cn-') ? 'aws-cn' : 'aws'
  const statements = [
    {
      Sid: 'AskClaude',
      Effect: 'Allow',
      Action: ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream', 'bedrock:CountTokens'],
      Resource: [
        `arn:${partition}:bedrock:${region}:*:inference-profile/*anthropic.*`,
        `arn:${partition}:bedrock:${region}:*:application-inference-profile/*`,
        ...[...known.keys()].map((id) => `arn:${partition}:bedrock:*::foundation-model/${id}`),
      ],
    },
    {
      Sid: 'LookUpModels',
      Effect: 'Allow',
      Action: [
        'bedrock:ListFoundationModels',
        'bedrock:ListInferenceProfiles',
        'bedrock:GetFoundationModelAvailability',
        'bedrock:GetUseCaseForModelAccess',
      ],
      Resource: '*',
    },
  ]
  return JSON.stringify({ Version: '2012-10-17', Statement: statements }, null, 2)
}
