import type { TFunction } from 'i18next'
import { obstacleText, paramName, valueName } from '../composer/words'
import { count as figure } from '../format'
import type { Row, RowTrouble } from './plan'
import type { SheetTrouble } from './store'

/** Why a row cannot be asked for, as a sentence. */
export function troubleText(t: TFunction, { model }: Row, trouble: RowTrouble): string {
  const label = model?.label ?? ''
  switch (trouble.kind) {
    case 'prompt':
      return t('batch.trouble.prompt', { model: label })
    case 'tooLong':
      return t('composer.prompt.tooLong', { length: figure(trouble.length), limit: figure(trouble.limit) })
    case 'painted':
      return t('batch.trouble.painted', { model: label })
    case 'obstacle':
      return obstacleText(t, label, trouble.obstacle)
    case 'model':
      return t('batch.trouble.model', { name: trouble.name })
    case 'count':
      return t('batch.trouble.count', { value: trouble.value, max: trouble.max })
    case 'seed':
      return t('batch.trouble.seed', { model: label, seed: trouble.seed, max: figure(trouble.max ?? 0) })
    case 'cell': {
      const { column, value, choices } = trouble.cell
      const values = { model: label, setting: paramName(column), value }
      if (choices.length === 0) return t('batch.trouble.cell', values)
      const named = choices.map((choice) => valueName(t, column, choice, null)).join(', ')
      return t('batch.trouble.choice', { ...values, choices: named })
    }
  }
}

/** Why a file of prompts was not taken, as a sentence. */
export function sheetTroubleText(t: TFunction, trouble: SheetTrouble): string {
  const { name } = trouble
  switch (trouble.kind) {
    case 'noPrompt':
      return t('batch.sheet.noPrompt', { name, columns: trouble.columns.join(', ') })
    case 'broken':
      return t('batch.sheet.broken', { name, line: trouble.line })
    case 'empty':
      return t('batch.sheet.empty', { name })
    case 'tooLarge':
      return t('batch.sheet.tooLarge', { name })
    case 'unreadable':
      return t('batch.sheet.unreadable', { name })
  }
}
