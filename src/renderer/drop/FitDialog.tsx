import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, mediaUrl, problemOf } from '../api'
import { paramName } from '../composer/words'
import { formsOf, outside, settingsOf, useChosen, useComposer, type ComposerInput } from '../state/composer'
import { Button, Dialog, Select } from '../ui'
import { CropPicture } from './CropPicture'
import { nearestRatio, ratioOf } from './crop'
import { useFit } from './fit'
import styles from './FitDialog.module.css'

/** Crops an image to a ratio around a point the person chooses; drawn while {@link useFit} holds one. */
export default function FitDialog() {
  const { t } = useTranslation()
  const input = useFit((state) => state.input)
  const close = () => useFit.setState({ input: null })
  return (
    <Dialog
      open={input !== null}
      onOpenChange={(open) => {
        if (!open) close()
      }}
      title={t('drop.fit.title')}
      description={t('drop.fit.description')}
      width={560}
    >
      {input ? <Fit key={input.asset.id} input={input} onDone={close} /> : null}
    </Dialog>
  )
}

/** The ratios worth offering: what the video is set to, what the model takes, and the rest of the setting's choices. */
function useRatios(): { chosen: string | null; all: string[] } {
  const models = useChosen()
  const params = useComposer((state) => state.params)
  const setting = settingsOf(formsOf(models), params).find(({ title }) => title === 'ratio')
  const offered = (setting?.options ?? []).map(({ written }) => written)
  const written = setting?.value.kind === 'one' ? setting.value.written : null
  // A size of the person's own stands among no choices.
  const all = [...new Set(written === null ? offered : [...offered, written])].filter(isRatio)
  return { chosen: all.find((own) => own === written) ?? null, all }
}

const isRatio = (value: unknown): value is string => typeof value === 'string' && ratioOf(value) !== null

const least = 'least'

function Fit({ input, onDone }: { input: ComposerInput; onDone: () => void }) {
  const { t } = useTranslation()
  const { asset, role } = input
  const models = useChosen()
  const ratios = useRatios()
  const replaceInput = useComposer((state) => state.replaceInput)
  const [choice, setChoice] = useState(ratios.chosen ?? least)
  const [focus, setFocus] = useState({ x: 0.5, y: 0.5 })
  const [busy, setBusy] = useState(false)
  const [said, setSaid] = useState<string | null>(null)

  const takers = models.flatMap((model) =>
    model.inputs.filter((rule) => rule.role === role).map((rule) => ({ model, rule })),
  )
  const taker = takers.find(({ rule }) => outside(rule, asset)) ?? takers[0]
  const own = asset.width / asset.height
  const bounds = taker?.rule ?? { minRatio: own, maxRatio: own }
  const ratio = ratioOf(choice) ?? nearestRatio(own, bounds.minRatio, bounds.maxRatio)

  const apply = async () => {
    if (!taker) return
    setBusy(true)
    setSaid(null)
    try {
      const fitted = await api.assets.fit({
        id: asset.id,
        model: taker.model.id,
        focus,
        ...(choice === least ? {} : { ratio: choice }),
      })
      replaceInput(asset.id, fitted)
      onDone()
    } catch (error) {
      const { title, issues } = problemOf(error)
      setSaid(issues[0]?.text ?? title)
    } finally {
      setBusy(false)
    }
  }

  return (
    <div className={styles.fit}>
      <CropPicture
        src={mediaUrl.asset(asset.id)}
        image={asset}
        ratio={ratio}
        focus={focus}
        onFocus={setFocus}
      />
      {said === null ? null : (
        <p className={styles.said} role="alert">
          {said}
        </p>
      )}
      <div className={styles.foot}>
        <Select
          label={paramName('ratio')}
          value={choice}
          options={[
            ...ratios.all.map((value) => ({
              value,
              label: value,
              ...(value === ratios.chosen ? { hint: t('drop.fit.ofVideo') } : {}),
            })),
            { value: least, label: t('drop.fit.least') },
          ]}
          onChange={setChoice}
        />
        <span className={styles.size}>{`${asset.width}\u202f×\u202f${asset.height}`}</span>
        <Button onClick={onDone}>{t('ui.cancel')}</Button>
        <Button variant="primary" disabled={busy || !taker} onClick={() => void apply()}>
          {t('drop.fit.apply')}
        </Button>
      </div>
    </div>
  )
}
