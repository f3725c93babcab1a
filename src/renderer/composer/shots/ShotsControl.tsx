import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { HeldValue } from '../../state/composer'
import { Button, IconButton, NumberField, Select } from '../../ui'
import row from '../ParamControl.module.css'
import { evenShots, lengthOf, readCut, writeCut, type Shot } from './shots'
import styles from './Shots.module.css'

interface ShotsControlProps {
  label: string
  value: HeldValue | undefined
  /** Most shots, and most characters of the text of one. */
  most: number
  text: number
  /** Seconds of the whole video as it is set. */
  seconds: number
  onChange: (value: HeldValue | undefined) => void
}

/** How a video is cut: in one shot, by the model, or by the person, shot by shot with a text and seconds each. */
export function ShotsControl({ label, value, most, text, seconds, onChange }: ShotsControlProps) {
  const { t } = useTranslation()
  const cut = readCut(value)
  const shots = cut?.by === 'hand' ? cut.shots : []
  const set = (next: Shot[]) => onChange(writeCut({ by: 'hand', shots: next }))
  const choose = (by: string) => {
    if (by === 'one') onChange(undefined)
    else if (by === 'model') onChange(writeCut({ by: 'model' }))
    else set(evenShots(['', ''], seconds))
  }
  const change = (at: number, part: Partial<Shot>) =>
    set(shots.map((shot, place) => (place === at ? { ...shot, ...part } : shot)))
  const sum = lengthOf(shots)

  return (
    <div className={styles.shots} role="group" aria-label={label}>
      <div className={row.row}>
        <span className={row.label}>{label}</span>
        <Select
          label={label}
          value={cut?.by ?? 'one'}
          options={(['one', 'model', 'hand'] as const).map((by) => ({
            value: by,
            label: t(`composer.shots.by.${by}`),
          }))}
          onChange={choose}
        />
      </div>
      {cut?.by === 'hand' ? (
        <>
          <ol className={styles.list}>
            {shots.map((shot, place) => (
              // A shot has no name but its place.
              <li key={place} className={styles.shot}>
                <span className={styles.place} aria-hidden="true">
                  {place + 1}
                </span>
                <textarea
                  className={styles.text}
                  aria-label={t('composer.shots.text', { place: place + 1 })}
                  placeholder={t('composer.shots.placeholder')}
                  value={shot.prompt}
                  maxLength={text}
                  rows={2}
                  dir="auto"
                  onChange={(event) => change(place, { prompt: event.currentTarget.value })}
                />
                <NumberField
                  bare
                  label={t('composer.shots.seconds', { place: place + 1 })}
                  value={shot.duration}
                  min={1}
                  max={Math.max(1, seconds)}
                  step={1}
                  unit="s"
                  onChange={(duration) => {
                    if (duration !== null) change(place, { duration })
                  }}
                />
                <IconButton
                  label={t('composer.shots.remove', { place: place + 1 })}
                  icon={<IconTrash size={16} />}
                  disabled={shots.length === 1}
                  onClick={() => set(shots.filter((_, other) => other !== place))}
                />
              </li>
            ))}
          </ol>
          <div className={styles.foot}>
            <Button
              size="s"
              variant="quiet"
              icon={<IconPlus size={16} />}
              disabled={shots.length >= most || shots.length >= seconds}
              onClick={() => set([...shots, { prompt: '', duration: Math.max(1, seconds - sum) }])}
            >
              {t('composer.shots.add')}
            </Button>
            <span className={styles.sum} data-off={sum === seconds ? undefined : ''}>
              {t('composer.shots.sum', { sum, seconds })}
            </span>
            {sum === seconds ? null : (
              <Button
                size="s"
                variant="quiet"
                onClick={() =>
                  set(
                    evenShots(
                      shots.map(({ prompt }) => prompt),
                      seconds,
                    ),
                  )
                }
              >
                {t('composer.shots.divide')}
              </Button>
            )}
          </div>
          <p className={row.hint}>{t('composer.shots.prompt')}</p>
        </>
      ) : null}
    </div>
  )
}
