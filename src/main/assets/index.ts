export { createAssets } from './assets'
export { tooHeavy } from './refuse'
export type { Assets, AssetsDeps, FitRequest, IncomingImage } from './types'
