import { describe, expect, test } from 'vitest'
import en from '../../../src/shared/messages/en.json' with { type: 'json' }
import zh from '../../../src/shared/messages/zh-CN.json' with { type: 'json' }
import type { Fault } from '../../simulators/aws'
import { hurriedClock } from '../../support/clock'
import { haiku55, openStudio } from './kit'

/** An answer of the service as it stands on the wire. */
const refused = (status: number, code: string, message = 'As the service words it.'): Fault => ({
  kind: 'error',
  status,
  code,
  message,
})

interface Row {
  what: string
  wire: Fault
  code: string
  key: keyof typeof en.problem
  /** Calls made; one where nothing else is said. */
  tries?: number
  /** Whether the answer may have been paid for; no where nothing else is said. */
  charged?: 'unknown'
  /** The sentence and the way out, in both languages, as they begin. */
  en: [sentence: string, way: string]
  zh: [sentence: string, way: string]
}

const rows: Row[] = [
  {
    what: 'throttling that does not end',
    wire: { kind: 'throttle' },
    code: 'rate_limited',
    key: 'assistant.throttled',
    tries: 5,
    en: ['Bedrock asked to slow down, and 5 tries', 'Ask again in a minute'],
    zh: ['Bedrock 要求放慢速度', '一分钟后再试'],
  },
  {
    what: 'a daily quota, which no second try brings back',
    wire: refused(429, 'ThrottlingException', 'Too many tokens per day'),
    code: 'quota',
    key: 'assistant.quota',
    en: ['A quota of this AWS account is used up: Too many tokens per day', 'Ask for more'],
    zh: ['此 AWS 账户的配额已用完', '在 Service Quotas 申请提高'],
  },
  {
    what: 'validation',
    wire: refused(400, 'ValidationException', 'messages: too odd'),
    code: 'invalid_request',
    key: 'assistant.rejected',
    en: ['Bedrock refused the request: messages: too odd', 'Change what it names'],
    zh: ['Bedrock 拒绝了请求', '按提示修改'],
  },
  {
    what: 'a prompt that is too long for the model',
    wire: refused(400, 'ValidationException', 'Input is too long for requested model.'),
    code: 'invalid_request',
    key: 'assistant.contextFull',
    en: ['The model has no room left', 'Begin a new conversation'],
    zh: ['这个对话已没有空间', '开始新的对话'],
  },
  {
    what: 'sampling that the model refuses',
    wire: refused(400, 'ValidationException', '`temperature` is deprecated for this model.'),
    code: 'invalid_request',
    key: 'assistant.samplingRefused',
    en: ['Claude Haiku 5.5 · global takes no temperature', 'Leave both alone'],
    zh: ['{{model}} 不接受温度', '两者都不设置'],
  },
  {
    what: 'no access',
    wire: refused(403, 'AccessDeniedException', 'no policy allows it'),
    code: 'permission',
    key: 'assistant.denied',
    en: ['AWS does not let this connection use', 'Test the connection'],
    zh: ['AWS 不允许此连接使用', '测试连接'],
  },
  {
    what: 'no agreement with the Marketplace',
    wire: refused(403, 'AccessDeniedException', 'aws-marketplace:Subscribe is not allowed'),
    code: 'billing',
    key: 'assistant.marketplace',
    en: ['This AWS account has no agreement yet', 'Open the model in the Bedrock console'],
    zh: ['此 AWS 账户尚未签订', '用具有 aws-marketplace:Subscribe 权限'],
  },
  {
    what: 'keys that have ended',
    wire: refused(403, 'ExpiredTokenException', 'The security token included in the request is expired'),
    code: 'auth',
    key: 'assistant.expired',
    en: ['The temporary credentials of this connection have ended', 'Enter fresh ones'],
    zh: ['此连接的临时凭证已过期', '在“连接”中输入新的'],
  },
  {
    what: 'a model that is not there',
    wire: refused(404, 'ResourceNotFoundException', 'Could not find the model.'),
    code: 'not_found',
    key: 'assistant.notHere',
    en: ['us-west-2 does not have the model', 'Choose another model'],
    zh: ['{{region}} 没有模型', '换一个模型'],
  },
  {
    what: 'a retired model',
    wire: refused(404, 'ResourceNotFoundException', 'This model version has reached the end of its life.'),
    code: 'not_found',
    key: 'assistant.modelRetired',
    en: ['AWS has retired', 'Choose another model'],
    zh: ['AWS 已停用', '换一个模型'],
  },
  {
    what: 'a model that took too long, which is not asked a second time',
    wire: refused(408, 'ModelTimeoutException'),
    code: 'timeout',
    key: 'assistant.modelTimeout',
    charged: 'unknown',
    en: ['The model did not answer in time', 'Ask again, or ask for less'],
    zh: ['模型没有及时回答', '再问一次，或减少'],
  },
  {
    what: 'a model that is not ready',
    wire: refused(429, 'ModelNotReadyException'),
    code: 'unavailable',
    key: 'assistant.notReady',
    tries: 5,
    en: ['The model was not ready, and 5 tries', 'Ask again in a minute'],
    zh: ['模型尚未就绪', '一分钟后再试'],
  },
  {
    what: 'a model that failed at it',
    wire: refused(424, 'ModelErrorException', 'Worker died.'),
    code: 'unavailable',
    key: 'assistant.modelFailed',
    charged: 'unknown',
    en: ['The model failed: Worker died.', 'Ask again, or choose another model'],
    zh: ['模型出错', '再问一次，或换一个模型'],
  },
  {
    what: 'an error of the service',
    wire: refused(500, 'InternalServerException'),
    code: 'unavailable',
    key: 'assistant.unavailable',
    tries: 5,
    en: ['Bedrock cannot serve this at the moment; 5 tries', 'Ask again later'],
    zh: ['Bedrock 暂时无法服务', '稍后再试'],
  },
  {
    what: 'a service that is not available',
    wire: refused(503, 'ServiceUnavailableException'),
    code: 'unavailable',
    key: 'assistant.unavailable',
    tries: 5,
    en: ['Bedrock cannot serve this at the moment; 5 tries', 'Ask again later'],
    zh: ['Bedrock 暂时无法服务', '稍后再试'],
  },
  {
    what: 'the content filter',
    wire: refused(400, 'ValidationException', 'Output blocked by content filtering policy'),
    code: 'moderated',
    key: 'assistant.filtered',
    en: ['A content filter of Bedrock held the answer back', 'Word it differently'],
    zh: ['Bedrock 的内容过滤器拦下了回答', '换一种说法'],
  },
  {
    what: 'an answer that was lost: nobody knows whether it is paid for, so it is not asked twice',
    wire: { kind: 'drop_after' },
    code: 'network',
    key: 'assistant.lost',
    charged: 'unknown',
    en: ['The connection to Bedrock broke before the first word', 'Check the network and ask again'],
    zh: ['与 Bedrock 的连接在第一个字之前就中断了', '检查网络后再问一次'],
  },
  {
    what: 'a page of a proxy',
    wire: { kind: 'html', status: 403 },
    code: 'network',
    key: 'assistant.proxyPage',
    en: ['Something on the way to Bedrock answered', 'Sign in to the network'],
    zh: ['通往 Bedrock 的途中有东西返回了自己的网页', '登录网络'],
  },
]

describe('a refusal of the service has its sentence and its way out, and takes no typed word:', () => {
  test.each(rows)('$what', async (row) => {
    const { aws, client, answer } = await openStudio({ clock: hurriedClock(200) })
    aws.faults.always('ConverseStream', row.wire)
    const exchange = await answer({ model: haiku55, words: 'keep it calm' })
    const { code, key, tries = 1, charged = 'no' } = row
    expect(exchange).toMatchObject({ state: 'failed', answer: '', error: { code, key }, tries, charged })
    expect(starts([exchange.error?.message, exchange.error?.hint], row.en)).toEqual(row.en)
    const { message, hint } = { hint: '', ...zh.problem[key] }
    expect(starts([message, hint], row.zh)).toEqual(row.zh)
    const { history } = await client.assistant.conversations.get({ id: exchange.conversationId })
    expect(history).toMatchObject([{ prompt: 'a red kite', words: 'keep it calm', error: { key } }])
  })
})

/** The beginnings of sentences, each as long as the one it is held against. */
const starts = (said: readonly (string | null | undefined)[], against: readonly string[]) =>
  said.map((text, at) => (text ?? '').slice(0, against[at]?.length))
