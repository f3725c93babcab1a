import { useTranslation } from 'react-i18next'
import { useCommand } from '../app/commands'
import { openBatch } from '../batch'
import { closeAssistant, openAssistant, useAssistant } from '../state/assistant'
import { useComposer } from '../state/composer'
import { useSettings } from '../state/settings'
import { useView } from '../state/view'

/** What can be done with the composer by key and palette. */
export function useComposerCommands({ ready, preview }: { ready: boolean; preview: () => void }): void {
  const { t } = useTranslation()
  const open = () => useView.getState().view === 'gallery'
  useCommand({
    id: 'composer.generate',
    title: t('composer.generate'),
    group: 'make',
    shortcut: 'Mod+Enter',
    enabled: () => ready && open(),
    run: () => void useComposer.getState().generate(),
  })
  useCommand({
    id: 'composer.focus',
    title: t('composer.prompt.write'),
    group: 'make',
    shortcut: 'P',
    run: () => {
      useView.getState().setView('gallery')
      useComposer.getState().focus()
    },
  })
  useCommand({
    id: 'composer.preview',
    title: t('composer.command.preview'),
    group: 'make',
    shortcut: 'Mod+Shift+P',
    enabled: open,
    run: preview,
  })
  useCommand({
    id: 'composer.batch',
    title: t('batch.command'),
    group: 'make',
    shortcut: 'Mod+Shift+B',
    run: openBatch,
  })
  useCommand({
    id: 'assistant.open',
    title: t('assistant.open'),
    group: 'make',
    shortcut: 'Mod+J',
    enabled: () => useSettings.getState().settings.assistant,
    run: () => {
      const shown = useAssistant.getState().open && open()
      useView.getState().setView('gallery')
      if (shown) closeAssistant()
      else openAssistant()
    },
  })
  useCommand({
    id: 'composer.clear',
    title: t('composer.prompt.clear'),
    group: 'make',
    run: () => {
      useComposer.getState().clear()
      useComposer.getState().focus()
    },
  })
}
