export { api, startConnection, subscribe } from './client'
export { LostError, useConnection, type ConnectionState } from './connection'
export { mediaUrl } from './mediaUrl'
export { problemOf, type Problem } from './problem'
