export { createAssets } from './assets'
export type { Assets, AssetsDeps, FitRequest, IncomingImage } from './types'
