import { Autocomplete } from '@base-ui/react/autocomplete'
import { Dialog } from '@base-ui/react/dialog'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api'
import { useStudio } from '../../state/studio'
import { useView } from '../../state/view'
import { Kbd } from '../../ui'
import { useWayBack } from '../../ui/layers'
import { useCommands } from '../commands'
import { entriesOf, matching, type Entry, type EntryGroup } from './entries'
import styles from './Palette.module.css'

const PROMPTS_ASKED = 60

function usePrompts(): string[] {
  const [prompts, setPrompts] = useState<string[]>([])
  useEffect(() => {
    const stop = new AbortController()
    api.jobs.prompts({ limit: PROMPTS_ASKED }, { signal: stop.signal }).then(
      (answer) => setPrompts(answer.prompts),
      // Without an answer the palette has commands only.
      () => undefined,
    )
    return () => stop.abort()
  }, [])
  return prompts
}

function close(): void {
  useView.getState().setPaletteOpen(false)
}

function run(entry: Entry): void {
  close()
  // After the palette gave the focus back, so that the command may move it on.
  setTimeout(entry.run)
}

function Line({ entry }: { entry: Entry }) {
  return (
    <Autocomplete.Item value={entry} className={styles.item} onClick={() => run(entry)}>
      <span className={styles.title} dir="auto">
        {entry.title}
      </span>
      {entry.hint === undefined ? null : <span className={styles.hint}>{entry.hint}</span>}
      {entry.shortcut === undefined ? null : <Kbd keys={entry.shortcut} />}
    </Autocomplete.Item>
  )
}

function Group({ group }: { group: EntryGroup }) {
  return (
    <Autocomplete.Group items={group.items} className={styles.group}>
      <Autocomplete.GroupLabel className={styles.label}>{group.label}</Autocomplete.GroupLabel>
      <Autocomplete.Collection>
        {(entry: Entry) => <Line key={entry.id} entry={entry} />}
      </Autocomplete.Collection>
    </Autocomplete.Group>
  )
}

/** Everything that can be done, found by a few letters. */
export function Palette() {
  const { t } = useTranslation()
  const { paletteOpen: open, paletteQuery: query, setPaletteQuery: setQuery } = useView()
  const back = useWayBack(open)
  const commands = useCommands()
  const models = useStudio((studio) => studio.models)
  const prompts = usePrompts()
  const all = useMemo(() => entriesOf({ commands, models, prompts }), [commands, models, prompts])
  const found = useMemo(() => matching(all, query), [all, query])
  return (
    <Dialog.Root open={open} onOpenChange={(now) => useView.getState().setPaletteOpen(now)}>
      <Dialog.Portal>
        <Dialog.Backdrop className={styles.backdrop} />
        <Dialog.Popup className={styles.popup} aria-label={t('app.palette')} finalFocus={back}>
          <Autocomplete.Root
            open
            inline
            mode="none"
            items={found}
            value={query}
            onValueChange={setQuery}
            autoHighlight="always"
            keepHighlight
            itemToStringValue={(entry: Entry) => entry.title}
          >
            <div className={styles.field}>
              <IconSearch size={17} stroke={1.7} />
              <Autocomplete.Input
                className={styles.input}
                placeholder={t('palette.placeholder')}
                aria-label={t('palette.placeholder')}
                spellCheck={false}
              />
            </div>
            <Autocomplete.Empty>
              {found.length === 0 ? <p className={styles.empty}>{t('palette.empty')}</p> : null}
            </Autocomplete.Empty>
            <Autocomplete.List className={styles.list}>
              {(group: EntryGroup) => <Group key={group.id} group={group} />}
            </Autocomplete.List>
          </Autocomplete.Root>
          <Dialog.Close className="sr-only">{t('ui.close')}</Dialog.Close>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
