import { lazy } from 'react'

// What opens from a chip comes with the first chip that is opened, not with the page.
const panels = () => import('./panels')

export const ChoiceList = lazy(() => panels().then((door) => ({ default: door.ChoiceList })))
export const EachModel = lazy(() => panels().then((door) => ({ default: door.EachModel })))
export const ModelList = lazy(() => panels().then((door) => ({ default: door.ModelList })))
export const MorePanel = lazy(() => panels().then((door) => ({ default: door.MorePanel })))
// With the canvas work, and only for who paints.
export const MotionDialog = lazy(() => import('./motion/MotionDialog'))
export const ParamControl = lazy(() => panels().then((door) => ({ default: door.ParamControl })))
export const RequestDialog = lazy(() => panels().then((door) => ({ default: door.RequestDialog })))
