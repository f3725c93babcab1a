// ../settings.ts speaks from here; an older worker would only stand in the way.
globalThis.addEventListener('install', () => globalThis.skipWaiting())
