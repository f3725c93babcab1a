import { jobSorts } from '@shared/words'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { batchActions, canCompare, compare } from '../actions'
import { registerCommands, type Command } from '../app/commands'
import { jobGroups, list, rows, useJobs } from '../state/jobs'
import { clearSelection, useSelection } from '../state/selection'
import { useSettings } from '../state/settings'
import { useView } from '../state/view'
import { chooseAll } from './choose'
import { resize } from './size'

/** Cards that an action by key or palette is meant for: the chosen ones, else the one the keyboard is on. */
function target(): number[] {
  const { chosen, focused } = useSelection.getState()
  if (chosen.size > 0) return [...chosen]
  return focused === null ? [] : [focused]
}

const there = () => useView.getState().view === 'gallery' && target().length > 0
/** The rows of what is chosen, where that can be compared. */
function comparable() {
  const seqs = [...useSelection.getState().chosen]
  const found = seqs.flatMap((seq) => rows.get(seq) ?? [])
  return found.length === seqs.length && canCompare(found) ? found : null
}

const chosen = () => useSelection.getState().chosen.size > 0 || useSelection.getState().selecting

function resizeBy(step: number): void {
  resize(useSettings.getState().settings.cardSize + step, true)
}

/** Makes everything the gallery can do known to the palette and the keyboard. */
export function useGalleryCommands(): void {
  const { t } = useTranslation()
  const sort = useJobs((state) => state.sort)
  useEffect(() => {
    const commands: Command[] = [
      ...jobGroups.map((group): Command => ({
        id: `gallery.${group}`,
        title: t(`gallery.command.${group}`),
        group: 'gallery',
        run: () => list.setFilter({ group }),
      })),
      ...jobSorts.map((value): Command => ({
        id: `gallery.sort.${value}`,
        title: t('gallery.command.sort', { order: t(`gallery.sort.${value}`) }),
        group: 'gallery',
        enabled: () => sort !== value,
        run: () => void useSettings.getState().set({ sort: value }),
      })),
      {
        id: 'gallery.larger',
        title: t('gallery.command.larger'),
        group: 'gallery',
        shortcut: '+',
        run: () => resizeBy(40),
      },
      {
        id: 'gallery.smaller',
        title: t('gallery.command.smaller'),
        group: 'gallery',
        shortcut: '-',
        run: () => resizeBy(-40),
      },
      {
        id: 'gallery.selectAll',
        title: t('gallery.command.selectAll'),
        group: 'gallery',
        shortcut: 'Mod+A',
        enabled: () =>
          !(document.activeElement instanceof HTMLInputElement) &&
          !(document.activeElement instanceof HTMLTextAreaElement),
        run: chooseAll,
      },
      {
        id: 'gallery.selectNone',
        title: t('gallery.command.selectNone'),
        group: 'gallery',
        shortcut: 'Escape',
        enabled: chosen,
        run: clearSelection,
      },
      {
        id: 'gallery.favourite',
        title: t('actions.favourite'),
        group: 'video',
        shortcut: 'F',
        enabled: there,
        run: () => void batchActions.favourite(target()),
      },
      {
        id: 'gallery.compare',
        title: t('compare.selected'),
        group: 'gallery',
        shortcut: 'C',
        enabled: () => useView.getState().view === 'gallery' && comparable() !== null,
        run: () => compare(comparable() ?? []),
      },
      {
        id: 'gallery.delete',
        title: t('actions.delete'),
        group: 'video',
        shortcut: 'Delete',
        enabled: there,
        run: () => void batchActions.remove(target()),
      },
    ]
    return registerCommands(commands)
  }, [t, sort])
}
