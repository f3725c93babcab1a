import type { InputRole } from '@shared/contract'
import { useTranslation } from 'react-i18next'
import {
  barredBy,
  formsOf,
  importInto,
  slotsOf,
  useChosen,
  useComposer,
  type Complaint,
} from '../state/composer'
import { FilledSlot } from './FilledSlot'
import styles from './Slots.module.css'
import { pickImages } from './pickImages'
import { paramName } from './words'

interface SlotsProps {
  /** Thumbnails only, a line high. */
  compact: boolean
  complaints: readonly Complaint[]
}

/** Places for the images that the chosen models take, and for those that stand there already. */
export function Slots({ compact, complaints }: SlotsProps) {
  const { t } = useTranslation()
  const models = useChosen()
  const inputs = useComposer((state) => state.inputs)
  const uploads = useComposer((state) => state.uploads)
  const params = useComposer((state) => state.params)
  const slots = slotsOf(models, inputs)
  if (slots.length === 0) return null

  const wrongAt = (index: number, role: InputRole) =>
    complaints.find(
      ({ place }) =>
        place.kind === 'input' &&
        (place.index === null ? false : place.index === index || inputs[place.index]?.role === role),
    )
  /** What keeps an image out of a role as things stand, where no chosen model takes one. */
  const barOf = (role: InputRole) => {
    const takers = models.filter((model) => model.inputs.some((rule) => rule.role === role))
    const title = barredBy(role, formsOf(takers), params)
    return title === null ? null : t('composer.only.without', { name: paramName(title) })
  }
  const missing = (role: InputRole) =>
    complaints.find(
      ({ place }) => place.kind === 'input' && place.index === null && !inputs.some((i) => i.role === role),
    )

  return (
    <ul className={styles.slots} data-compact={compact ? '' : undefined}>
      {slots.flatMap(({ role, max, required }) => {
        const held = inputs.flatMap((input, index) => (input.role === role ? [{ input, index }] : []))
        const coming = uploads.filter((upload) => upload.role === role)
        const room = held.length + coming.length < max
        const bar = barOf(role)
        return [
          ...held.map(({ input, index }) => (
            <li key={input.asset.id + role}>
              <FilledSlot input={input} compact={compact} complaint={wrongAt(index, role)?.text ?? null} />
            </li>
          )),
          ...coming.map((upload) => (
            <li key={upload.number} className={styles.reading} role="status">
              {compact ? null : t('composer.slot.reading')}
            </li>
          )),
          ...(room && !compact
            ? [
                <li key={role}>
                  <button
                    type="button"
                    className={styles.empty}
                    disabled={bar !== null}
                    title={bar ?? (required ? missing(role)?.text : undefined)}
                    data-wrong={required && missing(role) ? '' : undefined}
                    onClick={() => {
                      void pickImages(max - held.length).then((files) =>
                        Promise.all(files.map((file) => importInto(role, file))),
                      )
                    }}
                  >
                    <span>{t(`composer.role.${role}`)}</span>
                    <span>{bar ?? t('composer.slot.hint')}</span>
                  </button>
                </li>,
              ]
            : []),
        ]
      })}
    </ul>
  )
}
