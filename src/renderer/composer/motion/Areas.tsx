import { Radio } from '@base-ui/react/radio'
import { RadioGroup } from '@base-ui/react/radio-group'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { places, still, type Drawing } from './drawing'
import styles from './Motion.module.css'
import { least } from './path'

/** How things stand with an area; `noPath` and `noPaint` keep it from being sent. */
export type AreaState = 'blank' | 'ready' | 'noPath' | 'noPaint'

export function stateOf(place: number, path: readonly unknown[], painted: boolean): AreaState {
  const drawn = path.length >= least
  if (place === still) return painted ? 'ready' : 'blank'
  if (painted) return drawn ? 'ready' : 'noPath'
  return path.length > 0 ? 'noPaint' : 'blank'
}

/** What an area is called. */
export function areaName(t: TFunction, place: number): string {
  return place === still ? t('composer.motion.still') : t('composer.motion.area', { number: place + 1 })
}

interface AreasProps {
  drawing: Drawing
  painted: readonly boolean[]
  chosen: number
  onChoose: (place: number) => void
}

/** All areas with how things stand with each; the chosen one is painted. */
export function Areas({ drawing, painted, chosen, onChoose }: AreasProps) {
  const { t } = useTranslation()
  return (
    <RadioGroup
      className={styles.areas}
      aria-label={t('composer.motion.areas')}
      value={chosen}
      onValueChange={(place) => onChoose(place)}
    >
      {places.map((place) => {
        const state = stateOf(place, drawing[place]?.path ?? [], painted[place] ?? false)
        const kind = place === still && state === 'ready' ? 'stays' : state
        return (
          <label key={place} className={styles.area} data-area={place + 1} data-state={state}>
            <Radio.Root value={place} className={styles.swatch} />
            <span className={styles.areaName}>{areaName(t, place)}</span>
            <span className={styles.areaState}>{t(`composer.motion.state.${kind}`)}</span>
          </label>
        )
      })}
    </RadioGroup>
  )
}
