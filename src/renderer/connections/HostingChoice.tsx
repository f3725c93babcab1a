import { useTranslation } from 'react-i18next'
import { hostingProvider, hostingsOf, useConnections } from '../state/connections'
import { Button, Select } from '../ui'
import { closeEditor } from './draft'
import styles from './Editor.module.css'

interface HostingChoiceProps {
  label: string
  /** The id of the hosting that was chosen; empty while the only one there is counts. */
  value: string
  onChange: (value: string | undefined) => void
}

/** Which image hosting a connection uses; the way to the first one where there is none. */
export function HostingChoice({ label, value, onChange }: HostingChoiceProps) {
  const { t } = useTranslation()
  const hostings = hostingsOf(useConnections((state) => state.connections))
  const gone = value !== '' && !hostings.some(({ id }) => id === value)
  const [only] = hostings
  if (!only && !gone) {
    const add = async () => {
      if (await closeEditor()) useConnections.setState({ wanted: { add: hostingProvider } })
    }
    return (
      <div className={styles.none}>
        <span>{t('connections.hosting.none')}</span>
        <Button size="s" onClick={() => void add()}>
          {t('composer.hosting.setUp')}
        </Button>
      </div>
    )
  }
  const auto =
    only && hostings.length === 1
      ? t('connections.hosting.only', { label: only.label })
      : t('connections.hosting.choose')
  return (
    <Select
      label={label}
      value={value}
      options={[
        { value: '', label: auto },
        ...(gone ? [{ value, label: t('connections.hosting.gone') }] : []),
        ...hostings.map(({ id, label }) => ({ value: id, label })),
      ]}
      onChange={(id) => onChange(id === '' ? undefined : id)}
    />
  )
}
