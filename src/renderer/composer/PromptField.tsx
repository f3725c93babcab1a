import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api'
import { askFit } from '../drop/fit'
import { count } from '../format'
import {
  beginRecall,
  newer,
  older,
  promptLength,
  promptLimit,
  recalled,
  useChosen,
  useComposer,
  type Complaint,
  type Recall,
} from '../state/composer'
import { useSpelling } from '../state/spelling'
import styles from './PromptField.module.css'
import { useLinks } from './useLinks'

/** From this share of the limit on, the count is shown. */
const nearLimit = 0.8

interface PromptFieldProps {
  /** One line high. */
  compact: boolean
  complaints: readonly Complaint[]
}

/**
 * The prompt: grows with its text and walks through earlier prompts with the arrow keys. Under it stands what is
 * wrong with it, with the images, or with all of it.
 */
export function PromptField({ compact, complaints }: PromptFieldProps) {
  const { t } = useTranslation()
  const field = useRef<HTMLTextAreaElement>(null)
  const prompt = useComposer((state) => state.prompt)
  const setPrompt = useComposer((state) => state.setPrompt)
  const models = useChosen()
  const spelling = useSpelling()
  const focusAsked = useComposer((state) => state.focusAsked)
  const [recall, setRecall] = useState<Recall | null>(null)

  useEffect(() => {
    if (focusAsked > 0) field.current?.focus()
  }, [focusAsked])

  const show = (walk: Recall) => {
    setRecall(walk.at < 0 ? null : walk)
    setPrompt(recalled(walk))
    // The caret stands at the start, where one more press of the same key goes on.
    requestAnimationFrame(() => field.current?.setSelectionRange(0, 0))
  }
  const back = async () => {
    const { prompts } = await api.jobs.prompts({ limit: 100 })
    const walk = beginRecall(prompts, useComposer.getState().prompt)
    if (walk.prompts.length > 0) show(older(walk))
  }

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const { selectionStart, selectionEnd } = event.currentTarget
    if (event.nativeEvent.isComposing || event.shiftKey || event.altKey || event.ctrlKey || event.metaKey)
      return
    if (event.key === 'ArrowUp' && selectionStart === 0 && selectionEnd === 0) {
      event.preventDefault()
      if (recall) show(older(recall))
      // Without the studio there are no earlier prompts; the connection says so elsewhere.
      else back().catch(() => undefined)
    } else if (event.key === 'ArrowDown' && recall) {
      event.preventDefault()
      show(newer(recall))
    } else if (event.key === 'Escape') {
      event.preventDefault()
      if (recall) show({ ...recall, at: -1 })
      else event.currentTarget.blur()
    }
  }

  const wrong = complaints.filter(({ place }) => place.kind !== 'param')
  const limit = promptLimit(models)
  const length = promptLength(prompt)
  // Where images go is said before they do.
  const links = useLinks()
  const counted = limit !== null && length > limit * nearLimit

  return (
    <div className={styles.place} data-prompt="" data-compact={compact ? '' : undefined}>
      <textarea
        ref={field}
        className={styles.field}
        aria-label={t('composer.prompt.label')}
        aria-invalid={wrong.some(({ place }) => place.kind === 'prompt')}
        aria-describedby="composer-below"
        placeholder={t(compact ? 'composer.prompt.short' : 'composer.prompt.placeholder')}
        dir={prompt === '' ? undefined : 'auto'}
        rows={1}
        spellCheck={spelling}
        value={prompt}
        onChange={(event) => {
          setRecall(null)
          setPrompt(event.currentTarget.value)
        }}
        onKeyDown={onKeyDown}
      />
      <div id="composer-below" className={styles.below} hidden={compact}>
        {wrong.map((complaint) => (
          <p key={`${complaint.model} ${complaint.text}`} role="alert" className={styles.wrong}>
            {complaint.text}
            <CropButton complaint={complaint} />
          </p>
        ))}
        {wrong.length === 0 && counted ? (
          <p className={styles.note}>
            {t('composer.prompt.count', { length: count(length), limit: count(limit) })}
          </p>
        ) : null}
        {links.map(({ model, images, hosting }) => (
          <p key={model.id} className={styles.note}>
            {hosting === null
              ? t('composer.hosting.missing', { model: model.label })
              : t('composer.hosting.note', {
                  count: images.length,
                  name: images[0]?.asset.name ?? '',
                  hosting: hosting.label,
                })}
          </p>
        ))}
        {recall ? (
          <p className={styles.note} role="status">
            {t('composer.prompt.recall', { at: recall.at + 1, total: recall.prompts.length })}
          </p>
        ) : null}
      </div>
    </div>
  )
}

/** The way out where an image is outside what a model takes. */
function CropButton({ complaint }: { complaint: Complaint }) {
  const { t } = useTranslation()
  const inputs = useComposer((state) => state.inputs)
  if (complaint.place.kind !== 'input' || complaint.place.index === null) return null
  const input = inputs[complaint.place.index]
  if (!input) return null
  return (
    <button type="button" className={styles.way} onClick={() => askFit(input)}>
      {t('composer.slot.fit')}
    </button>
  )
}
