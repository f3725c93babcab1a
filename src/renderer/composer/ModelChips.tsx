import { IconPlus } from '@tabler/icons-react'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useChosen, type Complaint } from '../state/composer'
import { useStudio } from '../state/studio'
import { Chip, Popover } from '../ui'
import { AccountChips } from './AccountChips'
import { ModelList } from './late'
import styles from './ModelChips.module.css'

/** The chosen models, each a way into the list of all, and one more to add another. */
export function ModelChips({ complaints }: { complaints: readonly Complaint[] }) {
  const { t } = useTranslation()
  const models = useChosen()
  const all = useStudio((state) => Object.keys(state.models).length)
  const list = (
    <Suspense>
      <ModelList />
    </Suspense>
  )
  const wrong = (id: string) =>
    complaints.some(({ model, place }) => model === id && (place.kind === 'input' || place.kind === 'whole'))

  return (
    <>
      {models.map((model) => (
        <Popover
          key={model.id}
          side="top"
          label={t('composer.model.choose')}
          trigger={
            <Chip pressed dot={wrong(model.id) ? 'attention' : 'done'} title={model.label}>
              <span className={styles.name}>{model.label}</span>
            </Chip>
          }
        >
          {list}
        </Popover>
      ))}
      <AccountChips />
      {all === 1 && models.length === 1 ? null : (
        <Popover
          side="top"
          label={t('composer.model.choose')}
          trigger={
            <Chip icon={<IconPlus size={14} />} aria-label={t('composer.model.addLabel')}>
              {t('composer.model.add')}
            </Chip>
          }
        >
          {list}
        </Popover>
      )}
    </>
  )
}
