import type { History, JobPatch, NewJob } from '../../../src/main/history'
import { runningStates } from '../../../src/shared/words'
import { seededRandom } from '../../support/clock'

const words = {
  how: 'golden quiet misty neon rusty soft vivid ancient frozen burning tiny giant lonely crowded'.split(' '),
  what: 'lighthouse fox city street mountain river robot dancer whale forest train market astronaut cat'.split(
    ' ',
  ),
  does: 'walking running drifting glowing spinning turning floating waiting dancing falling'.split(' '),
  where: 'at dawn|in heavy rain|under a full moon|by the sea|on a rooftop|through the fog'.split('|'),
  shot: 'slow push in|tracking shot|handheld camera|aerial drone view|macro close-up|dolly zoom'.split('|'),
  look: 'cinematic light|35mm film|soft focus|volumetric light|shallow depth of field|film grain'.split('|'),
  chinese: {
    how: '金色的 寂静的 迷雾中的 霓虹下的 古老的 孤独的 燃烧的 巨大的'.split(' '),
    what: '灯塔 狐狸 东京街道 城市 山谷 河流 机器人 舞者 鲸鱼 森林 火车 宇航员 猫'.split(' '),
    does: '奔跑 漂浮 旋转 发光 等待 起舞 坠落'.split(' '),
    shot: '镜头缓慢推进 跟拍 手持镜头 航拍 特写 电影感光线 浅景深'.split(' '),
  },
}

const models = [
  ['animatic', 'animatic-1'],
  ['luma-ray2', 'ray2'],
  ['wan22', 'wan2.2-ti2v-5b'],
  ['kling', 'kling-v2-6'],
  ['jimeng', 'jimeng-3.0'],
] as const

const open = [...runningStates, 'needs_attention'] as const
const ended = ['failed', 'cancelled'] as const
/** How many jobs are inserted at once. */
const batch = 500

/** When the oldest of the jobs was made. */
export const oldest = Date.UTC(2025, 0, 1)
/** Milliseconds from one job to the next. */
export const apart = 5 * 60_000

/** Fills a history with jobs as years of use would: both languages, five models, every state. */
export function fillHistory(history: History, count: number): void {
  const random = seededRandom(42)
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random.fraction() * from.length)] as T

  const english = () =>
    `A ${pick(words.how)} ${pick(words.what)} ${pick(words.does)} ${pick(words.where)}, ` +
    `a ${pick(words.how)} ${pick(words.what)} in the distance, ${pick(words.shot)}, ${pick(words.look)}`
  const chinese = () => {
    const { how, what, does, shot } = words.chinese
    return `${pick(how)}${pick(what)}在${pick(how)}${pick(what)}旁${pick(does)}，${pick(shot)}，${pick(shot)}`
  }

  const job = (at: number, number: number): NewJob => {
    const [provider, model] = pick(models)
    return {
      id: random.id(at),
      batchId: number % 10 < 4 ? random.id(at) : null,
      retryOf: null,
      prompt: number % 3 === 0 ? `${chinese()} ${number}` : `${english()}, take ${number}`,
      provider,
      model,
      connectionId: provider === 'animatic' ? null : 'studio',
      endpoint: provider === 'animatic' ? null : 'https://api.example.test/v1',
      params: { duration: 5, ratio: '16:9', resolution: '720p', seed: number, camera: 'push_in' },
      inputs: [],
      request: {
        transport: 'http',
        method: 'POST',
        url: 'https://api.example.test/v1/videos',
        headers: { authorization: 'Bearer …', 'content-type': 'application/json' },
        body: { duration: 5, ratio: '16:9', seed: number },
      },
      idempotencyToken: random.id(at),
      estimate: { micros: 500_000 + Math.floor(random.fraction() * 7_000_000), currency: 'USD' },
      priceDate: '2026-11-01',
      price: null,
      place: null,
      ratio: 16 / 9,
      createdAt: at,
    }
  }
  const facts = (made: NewJob): JobPatch => ({
    startedAt: made.createdAt + 1_000,
    finishedAt: made.createdAt + 90_000,
    cost: made.estimate,
    costKind: 'computed',
    charged: 'yes',
    outputPath: `2026-11/${made.id}.mp4`,
    sha256: made.id.replaceAll('-', '').repeat(2),
    bytes: 1_000_000 + Math.floor(random.fraction() * 40_000_000),
    width: 1280,
    height: 720,
    fps: 24,
    durationMs: 2_000 + Math.floor(random.fraction() * 8_000),
    favourite: random.fraction() < 0.03,
    providerJobId: made.idempotencyToken,
  })

  for (let number = 0; number < count; number += batch) {
    const numbers = Array.from({ length: Math.min(batch, count - number) }, (_, step) => number + step)
    const made = numbers.map((at) => job(oldest + at * apart, at))
    history.jobs.insert(made)
    for (const one of made) {
      const done = random.fraction() < 0.8
      // Few jobs run at any time; most that did not complete failed or were cancelled.
      const state = done ? 'completed' : random.fraction() < 0.02 ? pick(open) : pick(ended)
      if (state !== 'queued')
        history.jobs.move(one.id, ['queued'], state, one.createdAt, { kind: state }, done ? facts(one) : {})
    }
  }
}
