import {
  IconAlertTriangle,
  IconArrowsExchange,
  IconCrop,
  IconPhoto,
  IconTrash,
  IconX,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { mediaUrl } from '../api'
import { askFit } from '../drop/fit'
import { importInto, notesOf, slotsOf, useChosen, useComposer, type ComposerInput } from '../state/composer'
import { useStudio } from '../state/studio'
import { IconButton, Menu, type MenuEntry } from '../ui'
import { pickImages } from './pickImages'
import styles from './Slots.module.css'
import { useLinks } from './useLinks'

interface FilledSlotProps {
  input: ComposerInput
  compact: boolean
  /** What is wrong with the image, as a sentence. */
  complaint: string | null
}

/** An image in its slot: a menu to replace, crop, swap or remove it, and a short way to remove it. */
export function FilledSlot({ input, compact, complaint }: FilledSlotProps) {
  const { t } = useTranslation()
  const { role, asset } = input
  const models = useChosen()
  const inputs = useComposer((state) => state.inputs)
  const removeInput = useComposer((state) => state.removeInput)
  const swapFrames = useComposer((state) => state.swapFrames)

  const takesBoth = slotsOf(models, []).filter((slot) => /first|last/.test(slot.role)).length === 2
  const both = inputs.filter((own) => own.role === 'first' || own.role === 'last').length === 2
  const swapLabel = both
    ? t('composer.slot.swap')
    : t(role === 'first' ? 'composer.slot.toLast' : 'composer.slot.toFirst')
  const providers = useStudio((state) => state.providers)
  const offline = providers.filter((provider) => provider.offline).map(({ id }) => id)
  const links = useLinks().filter(({ images }) => images.some((own) => own.asset.id === asset.id))
  const direct = models.filter(
    ({ provider, inputs }) =>
      !offline.includes(provider) && inputs.some((rule) => rule.role === role && rule.sent === 'bytes'),
  )
  const sent = [
    ...links.flatMap(({ hosting }) =>
      hosting === null ? [] : [t('composer.hosting.asLink', { hosting: hosting.label })],
    ),
    ...(direct.length === 0
      ? []
      : [t('composer.hosting.asItself', { models: direct.map(({ label }) => label).join(', ') })]),
  ]
  const entries: MenuEntry[] = [
    ...(complaint === null ? [] : [{ kind: 'label' as const, label: complaint }]),
    {
      kind: 'item',
      id: 'replace',
      label: t('composer.slot.replace'),
      icon: <IconPhoto size={16} />,
      onSelect: () => {
        void pickImages(1).then(async ([file]) => {
          if (file && (await importInto(role, file)) && role === 'reference') removeInput(role, asset.id)
        })
      },
    },
    {
      kind: 'item',
      id: 'fit',
      label: t('composer.slot.fit'),
      icon: <IconCrop size={16} />,
      onSelect: () => askFit(input),
    },
    ...((role === 'first' || role === 'last') && (takesBoth || both)
      ? [
          {
            kind: 'item' as const,
            id: 'swap',
            label: swapLabel,
            icon: <IconArrowsExchange size={16} />,
            onSelect: swapFrames,
          },
        ]
      : []),
    { kind: 'separator' },
    {
      kind: 'item',
      id: 'remove',
      label: t('composer.slot.remove'),
      icon: <IconTrash size={16} />,
      onSelect: () => removeInput(role, asset.id),
    },
  ]

  return (
    <div
      className={styles.filled}
      data-wrong={complaint === null ? undefined : ''}
      title={complaint ?? [asset.name, ...notesOf(asset), ...sent].join(' · ')}
    >
      <Menu
        side="top"
        entries={entries}
        trigger={
          <button
            type="button"
            className={styles.picture}
            aria-label={t('composer.slot.menu', { role: t(`composer.role.${role}`), name: asset.name })}
          >
            <img src={mediaUrl.thumb(asset.id)} alt="" draggable={false} />
            {compact ? null : (
              <span className={styles.tag}>
                {complaint === null ? null : <IconAlertTriangle size={12} />}
                {t(`composer.roleShort.${role}`)}
              </span>
            )}
          </button>
        }
      />
      {compact ? null : (
        <IconButton
          size="s"
          tone="over"
          className={styles.remove ?? ''}
          label={t('composer.slot.removeNamed', { role: t(`composer.roleIn.${role}`) })}
          icon={<IconX size={13} />}
          onClick={() => removeInput(role, asset.id)}
        />
      )}
    </div>
  )
}
