import type { JobRow } from '@shared/contract'
import { useTranslation } from 'react-i18next'
import { canCheck, jobActions } from '../actions'
import { useCommand } from '../app/commands'

/** Makes known to the palette what settles the shown job, while there is something to settle. */
export function useWaysOut(row: JobRow): void {
  const { t } = useTranslation()
  const unsettled = () => row.state === 'needs_attention'
  useCommand({
    id: 'job.check',
    title: t('actions.check'),
    group: 'video',
    enabled: () => canCheck(row),
    run: () => void jobActions.checkAgain(row.id),
  })
  useCommand({
    id: 'job.dismiss',
    title: t('actions.dismiss'),
    group: 'video',
    enabled: unsettled,
    run: () => void jobActions.dismiss(row.id),
  })
  useCommand({
    id: 'job.fetch',
    title: t(row.state === 'cancelled' ? 'actions.watch' : 'actions.fetch'),
    group: 'video',
    enabled: () => row.fetchable,
    run: () => void jobActions.fetchAgain(row.id),
  })
}
