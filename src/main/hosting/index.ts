export { hostingHolder, hostingId } from './holder'
export { createHosting, type Hosting, type HostingDeps } from './hosting'
export { createStores, type Stores } from './stores'
