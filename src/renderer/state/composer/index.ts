export { type ComposerDraft } from './draft'
export { eachOf, type EachCell } from './each'
export {
  fieldsOf,
  plainOf,
  type Control,
  type Field,
  type HeldValue,
  type ParamObject,
  type Params,
  type ParamValue,
} from './fields'
export { keepPaintedFitting } from './fitting'
export { importImage, importInto, notesOf, freeRole, maxImageBytes } from './importing'
export { obstaclesOf, outside, slotsOf, type ComposerInput, type Obstacle } from './inputs'
export { complaintsOf, paramComplaint, type Complaint } from './issues'
export { barOf, barredBy, type Bar } from './only'
export { maskInputs, paintedOf, type Painted, type PathPoint } from './painted'
export { keepDraft } from './persist'
export { namesOf, sidesOf, valueIn } from './pairs'
export { beginRecall, newer, older, recalled, type Recall } from './recall'
export {
  estimateOf,
  maxCount,
  maxRequests,
  promptLength,
  promptLimit,
  promptMissing,
  requestsOf,
  type Composition,
  type Estimate,
} from './requests'
export {
  canonical,
  moreOf,
  settingsOf,
  shownOf,
  writtenOf,
  type Form,
  type Setting,
  type SettingOption,
} from './settings'
export { chosen, formsOf, useChosen, useComposer, type ComposerState, type Upload } from './store'
