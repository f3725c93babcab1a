import { IconFileText, IconPhotoPlus, IconTable, IconX } from '@tabler/icons-react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { mediaUrl } from '../api'
import { pickFiles } from '../composer/pickImages'
import { slotsOf, useChosen } from '../state/composer'
import { useSpelling } from '../state/spelling'
import { Button, IconButton, NumberField, Segmented, Switch } from '../ui'
import styles from './Source.module.css'
import { strangeColumns } from './plan'
import {
  addImages,
  changeBatch,
  dropFromBatch,
  dropSheet,
  takeSheet,
  useBatch,
  type BatchImage,
  type Sheet,
} from './store'
import { sheetTroubleText } from './words'

/** Images that one batch takes in at once. */
const mostImages = 200
const mostOfEach = 50

/** What a batch is made of: its prompts, its images, and how many of each. */
export function Source() {
  const models = useChosen()
  const takesImages = slotsOf(models, []).length > 0
  const images = useBatch((state) => state.images)
  return (
    <div className={styles.source}>
      <Prompts />
      {takesImages || images.length > 0 ? <Images images={images} /> : null}
      <Times />
    </div>
  )
}

function Prompts() {
  const { t } = useTranslation()
  const spelling = useSpelling()
  const id = useId()
  const { text, split, sheet, sheetTrouble } = useBatch()
  const load = async () => {
    const [file] = await pickFiles('.txt,.csv,.tsv,text/plain,text/csv', 1)
    if (file) await takeSheet(file)
  }
  return (
    <section className={styles.part}>
      <div className={styles.head}>
        <label htmlFor={id}>{t('batch.prompts')}</label>
        <Button size="s" variant="quiet" icon={<IconFileText size={15} />} onClick={() => void load()}>
          {t('batch.load')}
        </Button>
      </div>
      {sheet ? (
        <SheetCard sheet={sheet} />
      ) : (
        <>
          <textarea
            id={id}
            className={styles.text}
            value={text}
            rows={5}
            spellCheck={spelling}
            dir="auto"
            placeholder={t('batch.placeholder')}
            onChange={(event) => changeBatch({ text: event.currentTarget.value })}
          />
          <div className={styles.split}>
            <Segmented
              label={t('batch.split')}
              value={split}
              options={[
                { value: 'lines', label: t('batch.lines') },
                { value: 'paragraphs', label: t('batch.paragraphs') },
              ]}
              onChange={(next) => changeBatch({ split: next })}
            />
          </div>
        </>
      )}
      {sheetTrouble ? (
        <p className={styles.wrong} role="alert">
          {sheetTroubleText(t, sheetTrouble)}
        </p>
      ) : null}
    </section>
  )
}

function SheetCard({ sheet }: { sheet: Sheet }) {
  const { t } = useTranslation()
  const models = useChosen()
  const strange = strangeColumns(sheet.columns, models)
  const known = sheet.columns.filter((column) => !strange.includes(column))
  return (
    <div className={styles.sheet}>
      <IconTable size={18} stroke={1.5} />
      <div className={styles.words}>
        <p className={styles.name} dir="auto">
          {sheet.name}
        </p>
        <p>{t('batch.promptCount', { count: sheet.entries.length })}</p>
        {known.length > 0 ? <p>{t('batch.columns', { columns: known.join(', ') })}</p> : null}
        {strange.length > 0 ? (
          <p className={styles.warn}>{t('batch.strange', { columns: strange.join(', ') })}</p>
        ) : null}
      </div>
      <IconButton
        size="s"
        label={t('batch.dropSheet', { name: sheet.name })}
        icon={<IconX size={15} />}
        onClick={dropSheet}
      />
    </div>
  )
}

function Images({ images }: { images: readonly BatchImage[] }) {
  const { t } = useTranslation()
  const add = async () => addImages({ files: await pickFiles('image/*', mostImages) })
  return (
    <section className={styles.part} aria-label={t('batch.images')}>
      <div className={styles.head}>
        <h3>{t('batch.images')}</h3>
        <Button size="s" variant="quiet" icon={<IconPhotoPlus size={15} />} onClick={() => void add()}>
          {t('batch.addImages')}
        </Button>
      </div>
      {images.length === 0 ? <p className={styles.hint}>{t('batch.imagesHint')}</p> : null}
      <ul className={styles.images}>
        {images.map((image) => (
          <li key={image.number} className={styles.image} data-said={image.said === null ? undefined : ''}>
            {image.asset ? <img src={mediaUrl.thumb(image.asset.id)} alt={image.name} /> : null}
            {image.said === null ? null : <p>{image.said}</p>}
            <IconButton
              size="s"
              tone="over"
              className={styles.remove ?? ''}
              label={t('batch.removeImage', { name: image.name })}
              icon={<IconX size={13} />}
              onClick={() => dropFromBatch(image.number)}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Times() {
  const { t } = useTranslation()
  const { count, seeds } = useBatch()
  const whole = (value: number | null, otherwise: number) =>
    value === null ? otherwise : Math.max(0, Math.round(value))
  const span = seeds ? seeds.to - seeds.from + 1 : 0
  return (
    <section className={styles.part} aria-label={t('batch.times')}>
      <Switch
        label={t('batch.seeds')}
        checked={seeds !== null}
        onChange={(on) => changeBatch({ seeds: on ? { from: 1, to: 4 } : null })}
      />
      {seeds ? (
        <>
          <div className={styles.seeds}>
            <NumberField
              label={t('batch.seedFrom')}
              value={seeds.from}
              min={0}
              max={4_294_967_295}
              step={1}
              onChange={(next) => {
                const from = whole(next, seeds.from)
                changeBatch({
                  seeds: { from, to: Math.max(from, Math.min(seeds.to, from + mostOfEach - 1)) },
                })
              }}
            />
            <NumberField
              label={t('batch.seedTo')}
              value={seeds.to}
              min={seeds.from}
              max={seeds.from + mostOfEach - 1}
              step={1}
              onChange={(next) => {
                const to = whole(next, seeds.to)
                changeBatch({
                  seeds: { ...seeds, to: Math.max(seeds.from, Math.min(to, seeds.from + mostOfEach - 1)) },
                })
              }}
            />
          </div>
          <p className={styles.hint}>{t('batch.seedsHint', { count: span })}</p>
        </>
      ) : (
        <NumberField
          label={t('batch.each')}
          value={count}
          min={1}
          max={mostOfEach}
          step={1}
          onChange={(next) => changeBatch({ count: Math.min(mostOfEach, Math.max(1, whole(next, 1))) })}
        />
      )}
    </section>
  )
}
