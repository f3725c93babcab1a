import { createRouterClient } from '@orpc/server'
import sharp from 'sharp'
import { expect, onTestFinished, test } from 'vitest'
import { createStudio } from '../../../src/main/studio'
import { tempFolder } from '../../support/folder'
import { studioPorts } from '../../support/ports'

test('every model tells its price and request before there is an account, instead of breaking', async () => {
  const studio = await createStudio(studioPorts(tempFolder()))
  onTestFinished(() => studio.close())
  const client = createRouterClient(studio.router)
  const picture = { create: { width: 1280, height: 720, channels: 3, background: '#345' } } as const
  const image = await studio.assets.import({
    name: 'sea.jpg',
    bytes: new Uint8Array(await sharp(picture).jpeg().toBuffer()),
  })
  const models = studio.providers.infos()
  expect(models.length).toBeGreaterThan(1)
  for (const model of models) {
    const needed = model.inputs.filter(({ required }) => required)
    const inputs = needed.map(({ role }) => ({ role, assetId: image.id }))
    const preview = await client.jobs.preview({
      model: model.id,
      prompt: 'a lighthouse',
      ...(inputs.length > 0 ? { inputs } : {}),
    })
    expect(preview.request.url, model.id).not.toBe('')
    // Bytes of an image have no place in what is shown.
    expect(JSON.stringify(preview).length, model.id).toBeLessThan(20_000)
  }
})
