import type { WireRequest } from '@shared/contract'
import { useTranslation } from 'react-i18next'
import { JsonText } from './JsonText'

/** A request as it was or would be sent, secrets replaced, in a shape that can be copied whole. */
export function RequestView({ request }: { request: WireRequest }) {
  const { t } = useTranslation()
  const { transport, method, url, headers, body } = request
  const whole = {
    request: `${method} ${url}`,
    ...(transport === 'local' ? { transport } : {}),
    ...(Object.keys(headers).length > 0 ? { headers } : {}),
    body,
  }
  return <JsonText value={whole} label={t('inspector.request.label')} />
}
