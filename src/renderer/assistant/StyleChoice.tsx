import type { Style } from '@shared/contract'
import { IconPencil } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAssistant } from '../state/assistant'
import { readStyles, useStyles } from '../state/assistant/lists'
import { IconButton, Select } from '../ui'
import { StyleDialog } from './StyleDialog'
import { styleName } from './words'

const none = 'none'

/** The manner of writing: none, one of ours, or one's own; and the way to change it. */
export function StyleChoice() {
  const { t } = useTranslation()
  const styles = useStyles((state) => state.styles)
  const styleId = useAssistant((state) => state.styleId)
  const [editing, setEditing] = useState<{ style: Style | null } | null>(null)
  useEffect(() => {
    // Without the list there is only the choice of none; it is asked for again with the next opening.
    readStyles().catch(() => undefined)
  }, [])
  const chosen = styles?.find(({ id }) => id === styleId) ?? null
  return (
    <>
      <Select
        label={t('assistant.style.label')}
        value={chosen?.id ?? none}
        options={[
          { value: none, label: t('assistant.style.none') },
          ...(styles ?? []).map((style) => ({ value: style.id, label: styleName(style) })),
        ]}
        onChange={(next) => useAssistant.setState({ styleId: next === none ? null : next })}
      />
      <IconButton
        size="s"
        label={chosen ? t('assistant.style.edit', { name: styleName(chosen) }) : t('assistant.style.new')}
        icon={<IconPencil size={15} />}
        onClick={() => setEditing({ style: chosen })}
      />
      {editing ? <StyleDialog style={editing.style} onClose={() => setEditing(null)} /> : null}
    </>
  )
}
