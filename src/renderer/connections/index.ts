export { ConnectionsView } from './ConnectionsView'
export { addConnection } from './draft'
