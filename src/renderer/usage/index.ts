export { UsageView } from './UsageView'
