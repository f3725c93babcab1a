import type { AssetInfo, InputRole } from '@shared/contract'
import i18next from 'i18next'
import { api, problemOf } from '../../api'
import { bytes } from '../../format'
import { toast } from '../../ui'
import { slotsOf } from './inputs'
import { chosen, useComposer } from './store'

/** The most an image file may have, checked before a byte of it is sent. */
export const maxImageBytes = 100_000_000

/** Why a file cannot be an input at all, in the page's language; null when the studio should look at it. */
export function refusalOf(file: { name: string; type: string; size: number }): string | null {
  const { name } = file
  if (file.type.startsWith('video/')) return i18next.t('composer.refused.video', { name })
  const named = /\.(jpe?g|png|webp|avif|gif|tiff?|hei[cf]|bmp|svg)$/i.test(name)
  if (!file.type.startsWith('image/') && !named) return i18next.t('composer.refused.notImage', { name })
  if (file.size > maxImageBytes)
    return i18next.t('composer.refused.tooLarge', {
      name,
      size: bytes(file.size),
      limit: bytes(maxImageBytes),
    })
  return null
}

/** Takes an image file in. The answer is the asset, or the one sentence why not. */
export async function importImage(
  file: File,
): Promise<{ asset: AssetInfo; said: null } | { asset: null; said: { title: string; hint: string | null } }> {
  const refusal = refusalOf(file)
  if (refusal !== null) return { asset: null, said: { title: refusal, hint: null } }
  try {
    return { asset: await api.assets.import({ file }), said: null }
  } catch (error) {
    const { title, hint, issues } = problemOf(error)
    return { asset: null, said: { title: issues[0]?.text ?? title, hint } }
  }
}

/** What was done to a picture on its way in, in the page's language. */
export function notesOf(asset: Pick<AssetInfo, 'notes'>): string[] {
  return asset.notes.map((note) => i18next.t(`assetNote.${note}`))
}

let uploads = 0

/** Takes an image file in and puts it into a role; what goes wrong is said in a toast. Answers whether it is in. */
export async function importInto(role: InputRole, file: File): Promise<boolean> {
  uploads += 1
  const upload = { number: uploads, name: file.name, role }
  useComposer.setState((state) => ({ uploads: [...state.uploads, upload] }))
  const { asset, said } = await importImage(file)
  useComposer.setState((state) => ({ uploads: state.uploads.filter((own) => own.number !== upload.number) }))
  if (asset) {
    useComposer.getState().addInput(role, asset)
    if (asset.notes.length > 0) {
      toast({ title: i18next.t('composer.adjusted', { name: asset.name }), body: notesOf(asset).join(' · ') })
    }
    return true
  }
  toast({ title: said.title, tone: 'error', ...(said.hint === null ? {} : { body: said.hint }) })
  return false
}

/** The first role with room for one more image; null (and a toast that says why) when there is none. */
export function freeRole(): InputRole | null {
  const { models, inputs, uploads: coming } = useComposer.getState()
  const slots = slotsOf(chosen(models), inputs)
  const free = slots.find(({ role, max }) => {
    const held = inputs.filter((input) => input.role === role).length
    return held + coming.filter((upload) => upload.role === role).length < max
  })
  if (free) return free.role
  toast({
    title: i18next.t(slots.length === 0 ? 'composer.refused.noInput' : 'composer.refused.full'),
    tone: 'error',
  })
  return null
}
