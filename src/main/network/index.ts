export { checkProxyUrl } from '@shared/proxy'
export { ProxyRefused, type Agents } from './agents'
export { environmentProxy, fromPac, isLoopback, type ProxyChoice } from './choice'
export { createNetwork, type Network, type NetworkOptions } from './network'
