import { existsSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'

// Given to Node with --import: whatever asks for `electron` gets the double, and the double's own files, which are
// TypeScript without extensions in their imports, are found.
const here = new URL('./', import.meta.url).href
const double = new URL('electron.ts', here).href

registerHooks({
  resolve(specifier, context, next) {
    if (specifier === 'electron' || specifier === 'electron/main') return { url: double, shortCircuit: true }
    if (context.parentURL?.startsWith(here) && specifier.startsWith('.')) {
      const url = new URL(specifier, context.parentURL)
      for (const end of ['.ts', '/index.ts']) {
        if (existsSync(fileURLToPath(url) + end)) return { url: url.href + end, shortCircuit: true }
      }
    }
    return next(specifier, context)
  },
})
