import type { AssetInfo, Connection, InputRole, ModelInfo } from '@shared/contract'
import { create } from 'zustand'
import { api, problemOf, type Problem } from '../api'
import i18next from 'i18next'
import { approve } from '../money'
import { chosen, importImage, slotsOf, useComposer, type Composition } from '../state/composer'
import { connectionIdFor } from '../state/connections'
import { confirm } from '../ui'
import { entriesOf, splitOf, tableOf, type Entry, type Split } from './entries'
import { rowsOf, type Row, type Seeds } from './plan'

/** One image of a batch: being read, taken in, or refused with a sentence. */
export interface BatchImage {
  number: number
  name: string
  asset: AssetInfo | null
  said: string | null
}

/** A table or a long text that was read from a file and stands in for the typed prompts. */
export interface Sheet {
  name: string
  entries: Entry[]
  columns: string[]
}

/** Why a file of prompts was not taken. */
export type SheetTrouble =
  | { kind: 'noPrompt'; name: string; columns: string[] }
  | { kind: 'broken'; name: string; line: number }
  | { kind: 'empty' | 'tooLarge' | 'unreadable'; name: string }

export interface BatchState {
  open: boolean
  text: string
  split: Split
  sheet: Sheet | null
  sheetTrouble: SheetTrouble | null
  images: BatchImage[]
  seeds: Seeds | null
  count: number
  /** Rows that were left out, by their key. */
  skipped: ReadonlySet<string>
  sending: boolean
  refusal: Problem | null
}

const empty = {
  text: '',
  split: 'lines',
  sheet: null,
  sheetTrouble: null,
  images: [],
  seeds: null,
  count: 1,
  skipped: new Set<string>(),
  refusal: null,
} as const satisfies Partial<BatchState>

/** A batch as it is put together. It stays as it is when the dialog is closed, until it was sent. */
export const useBatch = create<BatchState>(() => ({ ...empty, open: false, sending: false, images: [] }))

/** How many images are taken in at a time. */
const lanes = 3
/** Bytes of a file of prompts, at most. */
const mostBytes = 4 * 1024 * 1024

let numbers = 0
let opened = 0

const touched = { refusal: null, skipped: new Set<string>() }

/** The role a batch's images fill: the first frame where a model takes one, else the reference. */
export function batchRole(): InputRole {
  const { models } = useComposer.getState()
  return slotsOf(chosen(models), [])[0]?.role ?? 'first'
}

/** Whether a file is one of prompts, by its name. */
export const isSheet = (name: string) => /\.(?:txt|csv|tsv)$/i.test(name)

/** Opens the batch as it was left, else with the composer's prompt. */
export function openBatch(): void {
  const { text, sheet, images } = useBatch.getState()
  const { prompt, count } = useComposer.getState()
  const fresh = text.trim() === '' && sheet === null && images.length === 0
  useBatch.setState({
    open: true,
    ...(fresh ? { text: prompt, split: splitOf(prompt), count } : {}),
  })
}

/** Opens the batch with these images, each of which makes a video; files are taken in while the dialog shows how far it is. */
export function openBatchWith({ files = [], assets = [] }: { files?: File[]; assets?: AssetInfo[] }): void {
  useBatch.setState({ images: [], ...touched })
  openBatch()
  addImages({ files, assets })
}

/** Prompts as a batch holds them; `name` is what they are called. */
function holding(prompts: readonly string[], name: string): Pick<BatchState, 'text' | 'split' | 'sheet'> {
  const split = prompts.some((prompt) => prompt.includes('\n')) ? 'paragraphs' : 'lines'
  const text = prompts.join(split === 'lines' ? '\n' : '\n\n')
  // Prompts that hold empty lines cannot be told from each other in a text.
  if (entriesOf(text, split).length === prompts.length) return { text, split, sheet: null }
  const entries = prompts.map((prompt) => ({ prompt, cells: {} }))
  return { text: '', split, sheet: { name, entries, columns: [] } }
}

/** Opens the batch with these prompts; asks first where another one stands there that was not sent. */
export async function openBatchOf(prompts: readonly string[], name: string): Promise<void> {
  const { text, split, sheet, images } = useBatch.getState()
  const typed = text === useComposer.getState().prompt ? [] : entriesOf(text, split)
  const before = sheet?.entries ?? typed
  const same = before.length === prompts.length && before.every(({ prompt }, at) => prompt === prompts[at])
  let both = false
  if (images.length > 0 || (before.length > 0 && !same)) {
    const { ok, checked } = await confirm({
      title: i18next.t('batch.standing.title'),
      body: i18next.t('batch.standing.body', { prompts: before.length, images: images.length }),
      action: i18next.t('batch.standing.action'),
      check: { label: i18next.t('batch.standing.keep'), value: true },
    })
    if (!ok) return
    both = checked
  }
  const held =
    both && sheet !== null
      ? {
          sheet: {
            ...sheet,
            entries: [...sheet.entries, ...prompts.map((prompt) => ({ prompt, cells: {} }))],
          },
        }
      : holding([...(both ? before.map(({ prompt }) => prompt) : []), ...prompts], name)
  useBatch.setState({
    ...(both ? {} : { ...empty, images: [] }),
    ...touched,
    ...held,
    sheetTrouble: null,
    open: true,
  })
}

/** Takes more images into the batch. */
export function addImages({ files = [], assets = [] }: { files?: File[]; assets?: AssetInfo[] }): void {
  const mine = opened
  const entry = (name: string, asset: AssetInfo | null): BatchImage => {
    numbers += 1
    return { number: numbers, name, asset, said: null }
  }
  const coming = files.map((file) => ({ file, image: entry(file.name, null) }))
  const added = [...assets.map((asset) => entry(asset.name, asset)), ...coming.map(({ image }) => image)]
  useBatch.setState(({ images }) => ({ images: [...images, ...added], ...touched }))

  const queue = [...coming]
  const take = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      if (mine !== opened) return
      const { number } = next.image
      const { asset, said } = await importImage(next.file)
      if (mine !== opened) return
      useBatch.setState(({ images }) => ({
        images: images.map((own) =>
          own.number === number ? { ...own, asset, said: said?.title ?? null } : own,
        ),
      }))
    }
  }
  for (let lane = 0; lane < lanes; lane += 1) void take()
}

/** Opens the batch with the prompts of a file. A file that is none is said to be, and what stood there stays. */
export async function openBatchFrom(file: File): Promise<void> {
  openBatch()
  await takeSheet(file)
}

/** Reads the prompts of a text or a table. */
export async function takeSheet(file: File): Promise<void> {
  const { name } = file
  const refuse = (sheetTrouble: SheetTrouble) => useBatch.setState({ sheetTrouble })
  if (file.size > mostBytes) return refuse({ kind: 'tooLarge', name })
  const text = await file.text().catch(() => null)
  // A file in another encoding, or none of words at all, would make prompts that nobody wrote.
  if (text === null || text.includes('\uFFFD') || text.includes('\0'))
    return refuse({ kind: 'unreadable', name })
  const table = /\.txt$/i.test(name)
    ? { kind: 'read' as const, entries: entriesOf(text, splitOf(text)), columns: [] }
    : await tableOf(text)
  if (table.kind !== 'read') return refuse({ name, ...table })
  if (table.entries.length === 0) return refuse({ kind: 'empty', name })
  const { entries, columns } = table
  useBatch.setState({ sheet: { name, entries, columns }, sheetTrouble: null, ...touched })
  return undefined
}

/** Goes back from a file's prompts to the typed ones. */
export function dropSheet(): void {
  useBatch.setState({ sheet: null, sheetTrouble: null, ...touched })
}

/** Changes how prompts are read, or how many are made of each. */
export function changeBatch(change: Partial<Pick<BatchState, 'text' | 'split' | 'seeds' | 'count'>>): void {
  useBatch.setState({ ...change, ...touched })
}

/** Leaves a row out, or takes all that were left out back in. */
export function skipRow(key: string): void {
  useBatch.setState(({ skipped }) => ({ skipped: new Set([...skipped, key]), refusal: null }))
}

export function unskipAll(): void {
  useBatch.setState({ skipped: new Set(), refusal: null })
}

/** Hides the batch; what stands in it is kept. */
export function closeBatch(): void {
  useBatch.setState({ open: false })
}

/** Empties the batch; images that are still being read are let go. */
export function clearBatch(): void {
  opened += 1
  useBatch.setState({ ...empty, images: [], skipped: new Set() })
}

/** Takes one image out of the batch. */
export function dropFromBatch(number: number): void {
  useBatch.setState(({ images }) => ({ images: images.filter((own) => own.number !== number), ...touched }))
}

/** The rows of a batch as it stands, without those that were left out, and how many of these there are. */
export function batchRows(
  batch: Pick<BatchState, 'text' | 'split' | 'sheet' | 'images' | 'seeds' | 'count' | 'skipped'>,
  context: {
    composition: Composition
    models: Readonly<Record<string, ModelInfo>>
    accounts: readonly Connection[]
  },
): { rows: Row[]; left: number } {
  const { text, split, sheet, images, seeds, count, skipped } = batch
  const { composition, models, accounts } = context
  const typed = sheet?.entries ?? entriesOf(text, split)
  const assets = images.flatMap((image) => (image.asset ? [image.asset] : []))
  // Models that work from an image alone need no words.
  const entries = typed.length === 0 && assets.length > 0 ? [{ prompt: '', cells: {} }] : typed
  const all = rowsOf(
    { entries, images: assets, role: batchRole(), seeds, count },
    {
      composition,
      models: Object.values(models),
      connectionOf: (model, chosen) => connectionIdFor(model, chosen, accounts),
    },
  )
  const rows = all.filter(({ key }) => !skipped.has(key))
  return { rows, left: all.length - rows.length }
}

/** Asks for the whole batch; on refusal the dialog stays with the sentences. */
export async function sendBatch(rows: readonly Row[]): Promise<void> {
  if (useBatch.getState().sending) return
  useBatch.setState({ sending: true, refusal: null })
  try {
    const requests = rows.map(({ request }) => request)
    const models = [...new Set(rows.flatMap(({ model }) => (model ? [model.label] : [])))]
    const made = await approve((approved) => api.jobs.createMany({ requests, ...approved }), {
      verb: 'generate',
      models,
    })
    if (made === null) return
    useComposer.getState().tellSent(made.jobs)
    clearBatch()
    closeBatch()
  } catch (error) {
    useBatch.setState({ refusal: problemOf(error) })
  } finally {
    useBatch.setState({ sending: false })
  }
}
