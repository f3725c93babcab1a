import type { PaletteName } from './palettes'
import type { Rng } from './random'

export type SceneName =
  | 'ridges'
  | 'sea'
  | 'city'
  | 'forest'
  | 'depths'
  | 'glow'
  | 'paper'
  | 'cosmos'
  | 'aurora'
export type Weather = 'none' | 'rain' | 'snow' | 'petals' | 'fireflies' | 'embers' | 'dust'
export type Motif = 'lighthouse' | 'dunes' | 'peaks' | 'bokeh' | 'none'

/** What a prompt suggests to see. */
export interface Mood {
  scene: SceneName
  palette: PaletteName
  weather: Weather
  motif: Motif
  /** The light hangs low, for scenes that care. */
  night: boolean
}

type Hint = 'night' | 'dusk' | 'dawn' | 'day' | 'neon' | 'fire' | 'storm'

/** Words of several languages; Latin ones are matched from the start of a word. */
const words = (latin: string, other: string) =>
  new RegExp(`(?<![\\p{Script=Latin}])(?:${latin})|${other}`, 'giu')

const scenes: [SceneName, Motif, RegExp][] = [
  [
    'sea',
    'lighthouse',
    words('lighthouse|phare|faro\\b|leuchtturm|farol\\b', '灯塔|燈塔|灯台|등대|منارة|маяк'),
  ],
  [
    'aurora',
    'none',
    words('aurora|northern light|polar light|nordlicht', '极光|極光|オーロラ|오로라|северное сияние'),
  ],
  [
    'depths',
    'none',
    words(
      'underwater|under the sea|coral|jellyfish|whale|reef|submarine|diver|ink drop|aquarium',
      '水下|海底|珊瑚|水母|鲸|鯨|くじら|水中|墨滴|подводн|أعماق',
    ),
  ],
  [
    'sea',
    'none',
    words(
      'sea\\b|ocean|wave|beach|coast|harbou?r|sail|ship|boat|island|lake|river|shore|surf|fjord|mer\\b|océan|plage|playa|meer\\b|strand|onda',
      '海|洋|浪|波|船|湖|河|江|浜|岛|島|바다|해변|море|океан|волн|озер|река|بحر|محيط|موج|ทะเล|समुद्र',
    ),
  ],
  [
    'city',
    'none',
    words(
      'city|street|skyline|skyscraper|tower|tokyo|shanghai|new york|hong kong|downtown|alley|neon|cyberpunk|taxi|tram|subway|traffic|rooftop|ville|rue\\b|ciudad|calle|stadt|straße|paris|london|market|bazaar',
      '城|街|都市|霓虹|上海|东京|東京|摩天|巷|地铁|夜市|도시|서울|거리|город|улиц|неон|مدينة|شارع|القاهرة|สนาม|เมือง|शहर',
    ),
  ],
  [
    'forest',
    'none',
    words(
      'forest|wood(?:s|land)|jungle|tree|fern|moss|pine|bamboo|grove|garden|leaf|leaves|fox|deer|forêt|bosque|wald\\b|floresta',
      '森|林|树|樹|竹|木々|숲|나무|лес|дерев|غابة|أشجار|ป่า|जंगल',
    ),
  ],
  [
    'cosmos',
    'none',
    words(
      'space|galax|star(?:s|light|ship|field)?\\b|planet|nebula|cosm|astronaut|orbit|rocket|moon landing|universe|espace|weltraum',
      '宇宙|太空|星空|银河|銀河|行星|星云|火箭|우주|별|космос|звёзд|звезд|планет|فضاء|نجوم|อวกาศ|अंतरिक्ष',
    ),
  ],
  [
    'ridges',
    'dunes',
    words(
      'desert|dune|sahara|caravan|canyon|mesa|mars\\b|martian|désert|desierto|wüste',
      '沙漠|沙丘|戈壁|砂漠|사막|пустын|صحراء|رمال|ทะเลทราย|रेगिस्तान',
    ),
  ],
  [
    'ridges',
    'peaks',
    words(
      'mountain|alps|alpine|peak|summit|snow|glacier|winter|ski|everest|himalaya|blizzard|montagne|neige|montaña|nieve|gebirge|schnee',
      '雪|山|峰|冰|冬|산|눈|겨울|гор[аыуе]|снег|зим|جبل|جبال|ثلج|ภูเขา|पहाड़|हिमालय',
    ),
  ],
  [
    'ridges',
    'none',
    words(
      'hill|valley|field|plain|plaine|train\b|railway|horizon|prairie|meadow|countryside|landscape|road|horse|sunset|sunrise|cloud|sky\\b|bird|campagne|campo|feld\\b',
      '草原|田|原野|地平|日落|夕阳|夕陽|日出|云|雲|空|하늘|들판|закат|рассвет|поле|غروب|شروق|سماء|ท้องฟ้า|आसमान',
    ),
  ],
  [
    'glow',
    'bokeh',
    words(
      'candle|lantern|lamp|bonfire|campfire|hearth|spark|ember|fire(?!fl)|flame|bokeh|firework|party|night club|concert|festival|lights|potter|hands|portrait|face|close[ -]?up|bougie|feu\\b|vela|kerze|feuer',
      '烛|蠟燭|蜡烛|灯|燈|火|烟花|花火|ろうそく|人像|特写|肖像|촛불|불꽃|свеч|огон|портрет|شمعة|نار|فانوس|เทียน|दीप',
    ),
  ],
  [
    'paper',
    'none',
    words(
      'paper|origami|collage|cut-?out|children|toy|kite|balloon|cartoon|illustration|papier|papel',
      '纸|紙|折り紙|风筝|風箏|气球|童|卡通|종이|бумаг|ورق',
    ),
  ],
]

const hints: [Hint, RegExp][] = [
  ['neon', words('neon|cyber|synthwave|club', '霓虹|赛博|ネオン|네온|неон')],
  [
    'fire',
    words(
      'fire(?!fl)|bonfire|campfire|spark|flame|candle|ember|lava|volcano|burn|forge',
      '火|焰|烛|熔岩|불|огон|نار',
    ),
  ],
  [
    'storm',
    words(
      'storm|orage|tormenta|gewitter|thunder|grey|gray|overcast|fog|mist|gloom',
      '暴风|风暴|雷|阴|雾|霧|嵐|폭풍|шторм|туман|عاصفة|ضباب',
    ),
  ],
  [
    'night',
    words(
      'night|midnight|moon|star|dark|nuit|noche|nacht|noite',
      '夜|月|暗|星|밤|달|ноч|лун|ليل|قمر|กลางคืน|रात',
    ),
  ],
  [
    'dusk',
    words(
      'dusk|sunset|twilight|evening|golden hour|crépuscule|atardecer|abend',
      '黄昏|暮|夕|傍晚|晚霞|노을|저녁|закат|вечер|غروب|مساء|พลบค่ำ|शाम',
    ),
  ],
  [
    'dawn',
    words(
      'dawn|sunrise|morning|aube|amanecer|morgen',
      '黎明|清晨|晨|朝|日出|새벽|아침|рассвет|утр|فجر|صباح|เช้า|सुबह',
    ),
  ],
  [
    'day',
    words(
      'noon|midday|sunny|daylight|summer|bright|jour|verano|sommer',
      '白天|正午|晴|夏|阳光|낮|여름|день|летн|солн|نهار|شمس',
    ),
  ],
]

const weathers: [Weather, RegExp][] = [
  [
    'rain',
    words(
      'rain|drizzle|storm|orage|gewitter|monsoon|pluie|lluvia|regen|chuva',
      '雨|비가|비 |빗|дожд|مطر|ฝน|बारिश|वर्षा',
    ),
  ],
  ['snow', words('snow|blizzard|winter|neige|nieve|schnee|neve', '雪|눈이|눈 |снег|метел|ثلج|หิมะ|बर्फ')],
  [
    'petals',
    words(
      'petal|blossom|cherry|sakura|rose|spring|flower|fleur|flor',
      '花|樱|桜|梅|春|벚꽃|꽃|цвет|лепест|زهر|ورد|ดอกไม้|फूल',
    ),
  ],
  ['embers', words('ember|spark|fire(?!fl)|lava|volcano|forge|bonfire', '火|焰|熔岩|불꽃|искр|костёр|نار')],
  ['fireflies', words('firefl|lantern|magic|fairy|glow|wisp', '萤|螢|蛍|仙|반딧|светляч|волшеб|يراع|سحر')],
]

const byHint: Record<
  SceneName,
  Partial<Record<Hint, PaletteName[]>> & { any: [PaletteName, ...PaletteName[]] }
> = {
  ridges: {
    any: ['dusk', 'dawn', 'plum', 'rose', 'ember'],
    night: ['night', 'moon'],
    dusk: ['dusk', 'ember', 'plum'],
    dawn: ['dawn', 'rose'],
    day: ['day'],
    storm: ['storm'],
    fire: ['fire'],
    neon: ['neon'],
  },
  sea: {
    any: ['sea', 'dusk', 'dawn', 'rose'],
    night: ['night', 'moon'],
    dusk: ['dusk', 'ember', 'plum'],
    dawn: ['dawn', 'rose'],
    day: ['sea', 'day'],
    storm: ['storm'],
    neon: ['neon'],
  },
  city: {
    any: ['night', 'dusk', 'neon', 'cyber'],
    night: ['neon', 'night', 'cyber'],
    neon: ['neon', 'cyber'],
    dusk: ['dusk', 'ember', 'plum'],
    dawn: ['dawn', 'rose'],
    day: ['day'],
    storm: ['storm'],
  },
  forest: {
    any: ['forest', 'moss'],
    night: ['moon', 'night'],
    dusk: ['ember', 'dusk'],
    dawn: ['moss', 'dawn'],
    storm: ['storm'],
    day: ['moss'],
  },
  depths: { any: ['deep'] },
  glow: {
    any: ['fire', 'plum', 'rose', 'ember'],
    fire: ['fire', 'ember'],
    night: ['plum', 'night'],
    neon: ['neon'],
  },
  paper: {
    any: ['spring', 'rose', 'clay', 'sea', 'dawn'],
    night: ['plum', 'night'],
    dusk: ['dusk', 'ember'],
  },
  cosmos: { any: ['space'], fire: ['fire'] },
  aurora: { any: ['aurora'] },
}

/** Where nothing in the words says what to see, these are always handsome. */
const anything: [SceneName, PaletteName][] = [
  ['paper', 'rose'],
  ['glow', 'plum'],
  ['ridges', 'dusk'],
  ['paper', 'clay'],
  ['glow', 'ember'],
  ['ridges', 'rose'],
  ['glow', 'moon'],
  ['paper', 'sea'],
  ['glow', 'rose'],
  ['paper', 'spring'],
  ['ridges', 'plum'],
]

/** Reads a prompt for what it suggests; the seed decides where the words leave a choice. */
export function readMood(prompt: string, rng: Rng): Mood {
  const text = prompt.slice(0, 4000)
  const hint = best(hints, text)
  const weather = best(weathers, text) ?? 'none'
  const found = bestScene(text)
  if (!found) {
    const [scene, palette] = anything[Math.floor(rng() * anything.length)] ?? ['glow', 'plum']
    const own = hint && byHint[scene][hint]
    return { scene, palette: own ? pick(own, rng) : palette, weather, motif: 'none', night: hint === 'night' }
  }
  const [scene, motif] = found
  let palette = pick((hint && byHint[scene][hint]) ?? byHint[scene].any, rng)
  if (motif === 'dunes')
    palette = hint === 'night' ? 'night' : hint === 'dusk' ? 'ember' : rng.pick(['desert', 'mars'])
  if (motif === 'peaks' && hint !== 'night' && hint !== 'dusk') palette = hint === 'dawn' ? 'rose' : 'snow'
  if (weather === 'petals' && !hint && scene !== 'glow') palette = rng.pick(['rose', 'spring'])
  const night = hint === 'night' || hint === 'neon' || ['night', 'moon', 'neon', 'cyber'].includes(palette)
  return { scene, palette, weather, motif, night }
}

function pick(from: readonly PaletteName[], rng: Rng): PaletteName {
  return from[Math.floor(rng() * from.length)] ?? 'dusk'
}

/** The entry that occurs most often; of several the one said first. */
function score(text: string, pattern: RegExp): number {
  let total = 0
  for (const match of text.matchAll(pattern)) total += 1 + 0.5 / (1 + match.index / 40)
  return total
}

function best<T>(list: [T, RegExp][], text: string): T | null {
  let found: { value: T; points: number } | null = null
  for (const [value, pattern] of list) {
    const points = score(text, pattern)
    if (points > (found?.points ?? 0)) found = { value, points }
  }
  return found?.value ?? null
}

function bestScene(text: string): [SceneName, Motif] | null {
  let found: { value: [SceneName, Motif]; points: number } | null = null
  for (const [scene, motif, pattern] of scenes) {
    // A lighthouse or an aurora is the subject wherever it is named; a sea or a night may be its setting.
    const points = score(text, pattern) * (motif === 'lighthouse' || scene === 'aurora' ? 2.5 : 1)
    if (points > (found?.points ?? 0)) found = { value: [scene, motif], points }
  }
  return found?.value ?? null
}
