import './ui/fonts.css'
import './ui/tokens.css'
import './ui/base.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { api } from './api'
import { App, boot } from './app'
import { startMediaWorker } from './media'
import { inOrdinaryUse } from './state/studio'

await boot()
const root = document.getElementById('root')
if (root === null) throw new Error('The page has no root element.')
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
inOrdinaryUse(() => startMediaWorker(api))
// A page that cannot be drawn is gone by then. No frame is waited for: a window that starts hidden draws none.
setTimeout(() => void api.studio.painted().catch(() => undefined), 1_000)
