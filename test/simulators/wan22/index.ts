export { startWan22, type Fault, type Layout, type Wan22Options, type Wan22Simulator } from './server'
