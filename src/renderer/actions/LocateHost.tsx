import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Dialog, TextField } from '../ui'
import { locateAt, useLocating } from './files'

function Locate({ id, close }: { id: string; close: () => void }) {
  const { t } = useTranslation()
  const [path, setPath] = useState('')
  const [busy, setBusy] = useState(false)
  const send = async () => {
    setBusy(true)
    const found = await locateAt(id, path.trim())
    setBusy(false)
    if (found) close()
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) close()
      }}
      title={t('actions.locateTitle')}
      description={t('actions.locateBody')}
      footer={
        <>
          <Button onClick={close}>{t('ui.cancel')}</Button>
          <Button variant="primary" disabled={busy || path.trim() === ''} onClick={() => void send()}>
            {t('actions.locateAction')}
          </Button>
        </>
      }
    >
      <TextField
        label={t('actions.locatePath')}
        value={path}
        onChange={setPath}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && path.trim() !== '' && !busy) void send()
        }}
      />
    </Dialog>
  )
}

/** Asks for the path of a moved file where the shell has no dialog for it; mounted once. */
export function LocateHost() {
  const id = useLocating((state) => state.id)
  if (id === null) return null
  return <Locate key={id} id={id} close={() => useLocating.setState({ id: null })} />
}
