export { ConnectionsView } from './ConnectionsView'
