export { BundleDialog } from './BundleDialog'
export { copyDiagnostics } from './bundle'
