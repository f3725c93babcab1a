import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { count } from '../format'

/** Why it is waited for, and how long still. */
export function Waiting({ until, why }: { until: number; why: string }) {
  const { t } = useTranslation()
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), 500)
    return () => window.clearInterval(timer)
  }, [])
  const seconds = Math.max(0, Math.ceil((until - now) / 1000))
  const known = why === 'throttled' || why === 'unavailable' || why === 'not_ready' ? why : 'network'
  return t(`assistant.wait.${known}`, { seconds: count(seconds) })
}
