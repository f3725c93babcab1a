import { IconChevronDown, IconChevronUp, IconSparkles, IconStack2 } from '@tabler/icons-react'
import { Suspense, useEffect, useRef, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { openBatch } from '../batch'
import { closeAssistant, openAssistant, useAssistant } from '../state/assistant'
import { keepDraft, keepPaintedFitting, useComposer } from '../state/composer'
import { hostingProvider, useConnections } from '../state/connections'
import { useSettings } from '../state/settings'
import { useView } from '../state/view'
import { Button, IconButton, Tooltip } from '../ui'
import styles from './Composer.module.css'
import { EstimateLine } from './EstimateLine'
import { MotionDialog, RequestDialog } from './late'
import { useBrush } from './motion'
import { ModelChips } from './ModelChips'
import { MoreChip } from './MoreChip'
import { PromptField } from './PromptField'
import { CountChip, SettingChips } from './SettingChips'
import { Slots } from './Slots'
import { useCompact } from './useCompact'
import { useComposerCommands } from './useComposerCommands'
import { useGate, type Block } from './useGate'
import { useQuotes } from './useQuotes'

/** Where videos are asked for: prompt, frames, models, settings, estimate, and the one thing to press. */
export function Composer() {
  const { t } = useTranslation()
  const root = useRef<HTMLElement>(null)
  const [previewing, setPreviewing] = useState(false)
  const { compact, toggle } = useCompact(root)
  const quotes = useQuotes()
  const gate = useGate(quotes)
  const sending = useComposer((state) => state.sending)
  const generate = useComposer((state) => state.generate)
  useEffect(keepDraft, [])
  useEffect(keepPaintedFitting, [])
  const painting = useBrush((state) => state.brush !== null)
  useComposerCommands({ ready: gate.block === null, preview: () => setPreviewing(true) })

  const button = (
    <Button
      variant="primary"
      size="l"
      kbd="Mod+Enter"
      aria-disabled={gate.block !== null || sending}
      className={styles.generate ?? ''}
      onClick={() => {
        if (gate.block === null) void generate()
      }}
    >
      {t('composer.generate')}
    </Button>
  )

  return (
    <section
      ref={root}
      className={styles.composer}
      aria-label={t('composer.label')}
      data-compact={compact ? '' : undefined}
    >
      <Slots compact={compact} complaints={gate.complaints} />
      <PromptField compact={compact} complaints={gate.complaints} />
      <div className={styles.corner}>
        <AssistantButton />
        {compact ? null : (
          <IconButton
            size="s"
            label={t('batch.open')}
            kbd="Mod+Shift+B"
            icon={<IconStack2 size={16} />}
            onClick={openBatch}
          />
        )}
        <IconButton
          size="s"
          label={t(compact ? 'composer.expand' : 'composer.collapse')}
          aria-expanded={!compact}
          icon={compact ? <IconChevronUp size={16} /> : <IconChevronDown size={16} />}
          onClick={toggle}
        />
      </div>
      <div className={styles.bottom}>
        <div className={styles.chips} hidden={compact}>
          <ModelChips complaints={gate.complaints} />
          <SettingChips complaints={gate.complaints} />
          <CountChip />
          <MoreChip complaints={gate.complaints} onPreview={() => setPreviewing(true)} />
        </div>
        <div className={styles.act}>
          <EstimateLine quotes={quotes} block={gate.block} compact={compact} />
          <Act block={gate.block} button={button} />
        </div>
      </div>
      <Suspense>{previewing ? <RequestDialog onClose={() => setPreviewing(false)} /> : null}</Suspense>
      <Suspense>{painting ? <MotionDialog /> : null}</Suspense>
    </section>
  )
}

/** The way to the assistant; not there where it is switched off. */
function AssistantButton() {
  const { t } = useTranslation()
  const on = useSettings((state) => state.settings.assistant)
  const open = useAssistant((state) => state.open)
  if (!on) return null
  return (
    <IconButton
      size="s"
      label={t('assistant.open')}
      kbd="Mod+J"
      pressed={open}
      icon={<IconSparkles size={16} />}
      onClick={() => (open ? closeAssistant() : openAssistant())}
    />
  )
}

/** Generate; where an account is missing, the way to it stands in its place. */
function Act({ block, button }: { block: Block | null; button: ReactElement }) {
  const { t } = useTranslation()
  if (block === null) return button
  if (block.hosting) {
    const { account } = block.hosting
    return (
      <Button
        variant="primary"
        size="l"
        className={styles.generate ?? ''}
        onClick={() => {
          const wanted = account === null ? { add: hostingProvider } : { edit: account }
          useConnections.setState({ wanted })
          useView.getState().setView('connections')
        }}
      >
        {t(account === null ? 'composer.hosting.setUp' : 'composer.hosting.choose')}
      </Button>
    )
  }
  if (block.connect === undefined) return <Tooltip text={block.text}>{button}</Tooltip>
  return (
    <Button
      variant="primary"
      size="l"
      className={styles.generate ?? ''}
      onClick={() => useView.getState().setView('connections')}
    >
      {t('composer.connect', { provider: block.connect })}
    </Button>
  )
}
