export { ProxyRefused, type Agents } from './agents'
export { checkProxyUrl, environmentProxy, fromPac, isLoopback, type ProxyChoice } from './choice'
export { createNetwork, type Network, type NetworkOptions } from './network'
