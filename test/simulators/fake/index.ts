export { fakeInput, fakeModel, FakeParams } from './model'
export { fakeProvider, type FakeProviderOptions } from './provider'
export { FakeServer, type FakeJob, type Fault, type Place } from './server'
export { openEngine, type EngineOptions, type RunningEngine } from './engine'
