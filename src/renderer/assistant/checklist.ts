import { mannerOf } from '@shared/manners'
import { promptLength } from '../state/composer/requests'

/** What of a prompt can be looked at without anybody's help. */
export const checkIds = ['length', 'language', 'subject', 'action', 'camera', 'light', 'placeholder'] as const
export type CheckId = (typeof checkIds)[number]

/** How one point stands: `advice` could be better, `wrong` will be refused or seen in the picture. */
export interface Check {
  id: CheckId
  state: 'ok' | 'advice' | 'wrong'
  /** Its sentence, `assistant.check.<key>` of the catalogue. */
  key:
    | 'lengthOk'
    | 'lengthShort'
    | 'lengthAdvised'
    | 'lengthOver'
    | 'languageOk'
    | 'languageOnlyEn'
    | 'languageBetterEn'
    | 'languageBetterZh'
    | 'languageOther'
    | 'subjectOk'
    | 'subjectNone'
    | 'actionOk'
    | 'actionNone'
    | 'cameraOk'
    | 'cameraNone'
    | 'lightOk'
    | 'lightNone'
    | 'placeholderOk'
    | 'placeholderLeft'
  values: Record<string, string | number>
}

// Word lists and no grammar: what they do not know is advised on once too often, never refused.
const subjectEn =
  /\b(?:man|woman|men|women|boy|girl|child|children|person|people|crowd|couple|dancer|runner|rider|face|hands?|dog|cat|horse|fox|bird|fish|whale|car|train|tram|boat|ship|bicycle|plane|robot|house|city|street|forest|tree|flower|mountain|river|sea|ocean|lake|island|desert|beach|bottle|watch|shoe|cup|product)s?\b|\b(?:an?|the|one|two|three|four|his|her|their|my|our)\s+(?!camera|shot|scene|light|lens|slow|wide|close|view)[a-z]{3,}/i
const subjectZh =
  /人|男|女|孩|猫|狗|马|鸟|鱼|狐|车|船|机器|城|街|山|河|海|湖|林|树|花|房|楼|瓶|杯|表|鞋|产品|少年|老者|主角|[一两三几]\s*(?:个|只|位|辆|艘|座|条|匹|朵|群|对|名|架|棵)/
const actionEn =
  /\b(?:walk|run|turn|look|smil|danc|jump|fall|ris|fl(?:y|ies)|float|drift|spin|open|clos|lift|mov|swim|driv|rid|climb|wav|pour|melt|grow|burn|explod|glid|race|reach|sit|stand|lean|breath|blink|sway|roll|break|crash|pass|enter|leav|approach|emerg|follow|hold|laugh|cry|sing|play|cross|flow|sail|land|rest|stretch)(?:e?s|ed|ing)?\b|\b(?!morning|evening|building|ceiling|lighting|string|spring|king|ring|wing|thing|nothing|something|everything|painting|clothing|during|opening\s+shot)[a-z]{2,}ing\b/i
const actionZh =
  /走|跑|跳|舞|飞|飘|转|看|望|笑|哭|唱|开|关|推开|举|落|升|游|骑|驶|爬|挥|倒|融|燃|炸|滑|奔|伸|坐|站起|呼吸|眨|摇曳|摆动|滚|穿过|进入|离开|靠近|出现|跟着|拥抱|流动|航行|打开|生长|绽放/
const cameraEn =
  /\b(?:camera|shot|lens|close-?up|medium|wide|aerial|drone|pov|macro|handheld|steadicam|static|locked[- ]off|doll(?:y|ies)|pan(?:s|ning)?|tilt(?:s|ing)?|zoom(?:s|ing)?|crane|orbit(?:s|ing)?|track(?:s|ing)|push(?:es)?[- ]in|pull(?:s|ing)?[- ](?:back|out)|low angle|high angle|bird'?s[- ]eye|rack focus|depth of field|\d{2,3}\s?mm|parallax|time-?lapse)\b/i
const cameraZh =
  /镜头|特写|近景|中景|远景|全景|推进|推近|拉远|平移|摇镜|环绕|跟拍|航拍|俯拍|俯视|仰拍|手持|固定机位|机位|运镜|视角|微距|变焦|景深|广角|长焦|延时|一镜到底/
const lightEn =
  /\b(?:light(?:s|ing|ning)?|lit|backlit|sun(?:light|set|rise|ny)?|moon(?:light|lit)?|dawn|dusk|golden hour|blue hour|night|noon|daylight|neon|candle(?:light)?|lamps?|lantern|shadows?|silhouette|glow(?:s|ing)?|overcast|fog(?:gy)?|mist(?:y)?|haze|softbox|rim|bright|dark|dim|bokeh|high[- ]key|low[- ]key|chiaroscuro)\b/i
const lightZh =
  /光|阳|暮|黄昏|清晨|黎明|日落|日出|夜|月|霓虹|灯|烛|影|剪影|雾|明亮|昏暗|阴天|晴|晨曦|晚霞|逆光/

const placeholders =
  /\[[^\]\n]{1,60}\]|\{[^}\n]{1,60}\}|【[^】\n]{1,40}】|<[a-z][^>\n]{0,40}>|\bTODO\b|\bXXX+\b/i

const count = (text: string, signs: RegExp) => text.match(signs)?.length ?? 0

/** The script that most of a text is in. A Chinese sign says as much as a short word, so few of them are enough. */
export function languageOf(text: string): 'zh' | 'en' | 'other' | null {
  const han = count(text, /\p{Script=Han}/gu)
  const kana = count(text, /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu)
  const latin = count(text, /\p{Script=Latin}/gu)
  const all = count(text, /\p{L}/gu)
  if (all === 0) return null
  const others = all - han - latin
  if (kana > all * 0.2 || others > all * 0.5) return 'other'
  return han * 3 >= latin ? 'zh' : 'en'
}

/** A prompt shorter than this leaves nearly all of the picture to the model. */
const fewSigns = 16

function lengthOf(prompt: string, max: number, advised: number | null): Check {
  const length = promptLength(prompt)
  const values = { length, limit: max, advised: advised ?? max }
  const check = (state: Check['state'], key: Check['key']): Check => ({ id: 'length', state, key, values })
  if (length > max) return check('wrong', 'lengthOver')
  if (advised !== null && advised < max && length > advised) return check('advice', 'lengthAdvised')
  const short = languageOf(prompt) === 'zh' ? fewSigns / 2 : fewSigns
  return length < short ? check('advice', 'lengthShort') : check('ok', 'lengthOk')
}

function spokenOf(prompt: string, wanted: 'en' | 'zh' | null, strict: boolean): Check {
  const language = languageOf(prompt)
  const check = (state: Check['state'], key: Check['key']): Check => ({
    id: 'language',
    state,
    key,
    values: {},
  })
  const ok = check('ok', 'languageOk')
  if (language === null || language === wanted) return ok
  if (wanted === 'en') return strict ? check('wrong', 'languageOnlyEn') : check('advice', 'languageBetterEn')
  if (wanted === 'zh') return check('advice', 'languageBetterZh')
  return language === 'other' ? check('advice', 'languageOther') : ok
}

function present(
  prompt: string,
  id: 'subject' | 'action' | 'camera' | 'light',
  lists: readonly RegExp[],
): Check {
  const there = lists.some((list) => list.test(prompt))
  return { id, state: there ? 'ok' : 'advice', key: `${id}${there ? 'Ok' : 'None'}`, values: {} }
}

/** A prompt held against what one model wants; nothing is sent anywhere. */
export function checksOf(prompt: string, model: { id: string; prompt: { max: number } }): Check[] {
  const { language, strict, advised } = mannerOf(model.id)
  const [left] = placeholders.exec(prompt) ?? []
  return [
    lengthOf(prompt, model.prompt.max, advised),
    spokenOf(prompt, language, strict),
    present(prompt, 'subject', [subjectEn, subjectZh]),
    present(prompt, 'action', [actionEn, actionZh]),
    present(prompt, 'camera', [cameraEn, cameraZh]),
    present(prompt, 'light', [lightEn, lightZh]),
    left === undefined
      ? { id: 'placeholder', state: 'ok', key: 'placeholderOk', values: {} }
      : { id: 'placeholder', state: 'wrong', key: 'placeholderLeft', values: { text: left } },
  ]
}
