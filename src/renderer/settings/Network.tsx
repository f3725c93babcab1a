import type { Settings } from '@shared/contract'
import { longestProxyUrl } from '@shared/proxy'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Problem } from '../api'
import { sentences } from '../messages'
import { useSettings } from '../state/settings'
import { Segmented, TextField } from '../ui'
import { Row, Section } from './Section'

type Mode = Settings['proxyMode']

/** What the studio refused, with what to do instead. */
function sentenceOf({ title, hint, issues: [first] }: Problem): string {
  return sentences(first?.text ?? title, first === undefined ? hint : first.hint)
}

/** The chosen proxy; one set by hand counts once the studio has taken its address. */
function useProxy() {
  const { settings, set, offer } = useSettings()
  // Set by hand, but without an address that was taken.
  const [pending, setPending] = useState(false)
  const [typed, setTyped] = useState<string | null>(null)
  const [error, setError] = useState<string | undefined>()
  const address = typed ?? settings.proxyUrl

  const offerAddress = async () => {
    const problem = await offer({ proxyMode: 'manual', proxyUrl: address.trim() })
    setError(problem === null ? undefined : sentenceOf(problem))
    if (problem !== null) return
    setPending(false)
    setTyped(null)
  }
  return {
    mode: pending ? ('manual' as const) : settings.proxyMode,
    pending,
    address,
    error,
    choose: (mode: Mode) => {
      setError(undefined)
      setPending(mode === 'manual')
      if (mode !== 'manual') void set({ proxyMode: mode })
      else if (address.trim() !== '') void offerAddress()
    },
    type: (next: string) => {
      setTyped(next)
      setError(undefined)
    },
    save: () => {
      if (typed !== null) void offerAddress()
    },
    takeBack: () => {
      setTyped(null)
      setError(undefined)
    },
  }
}

/** How Dailies reaches its providers. */
export function Network() {
  const { t } = useTranslation()
  const { mode, pending, address, error, choose, type, save, takeBack } = useProxy()
  const desktop = window.dailies !== undefined
  const hints: Record<Mode, string> = {
    system: t(desktop ? 'settings.network.systemHint' : 'settings.network.environmentHint'),
    manual: t(pending ? 'settings.network.pending' : 'settings.network.manualHint'),
    none: t('settings.network.noneHint'),
  }
  return (
    <Section title={t('settings.network.title')}>
      <Row title={t('settings.network.proxy')} hint={hints[mode]}>
        <Segmented
          label={t('settings.network.proxy')}
          value={mode}
          options={[
            { value: 'system', label: t('settings.network.system') },
            { value: 'manual', label: t('settings.network.manual') },
            { value: 'none', label: t('settings.network.none') },
          ]}
          onChange={choose}
        />
      </Row>
      {mode === 'manual' ? (
        <Row title={t('settings.network.address')} wide>
          <TextField
            label={t('settings.network.address')}
            bare
            type="url"
            placeholder="http://proxy.example.com:8080"
            maxLength={longestProxyUrl}
            value={address}
            error={error}
            autoFocus={pending && address === ''}
            onChange={type}
            onBlur={save}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && !event.nativeEvent.isComposing) save()
              if (event.key === 'Escape') takeBack()
            }}
          />
        </Row>
      ) : null}
    </Section>
  )
}
