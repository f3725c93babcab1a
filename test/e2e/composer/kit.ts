import type { JSHandle, Page } from 'playwright-core'
import sharp from 'sharp'

/** A file as a page's drop or paste brings it. */
export interface TestFile {
  name: string
  type: string
  bytes: Buffer
}

/** A plain picture of these sides. */
export async function picture(
  name: string,
  width: number,
  height: number,
  colour: string,
): Promise<TestFile> {
  const bytes = await sharp({ create: { width, height, channels: 3, background: colour } })
    .jpeg()
    .toBuffer()
  return { name, type: 'image/jpeg', bytes }
}

async function transferOf(page: Page, files: TestFile[]): Promise<JSHandle<DataTransfer>> {
  const plain = files.map(({ name, type, bytes }) => ({ name, type, data: bytes.toString('base64') }))
  return page.evaluateHandle((entries) => {
    const transfer = new DataTransfer()
    for (const { name, type, data } of entries) {
      const bytes = Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0))
      transfer.items.add(new File([bytes], name, { type }))
    }
    return transfer
  }, plain)
}

/** Drags files over the window and drops them on the place of this name (`first`, `last`, `each` …). */
export async function drop(page: Page, files: TestFile[], target: string): Promise<void> {
  const dataTransfer = await transferOf(page, files)
  await page.dispatchEvent('body', 'dragenter', { dataTransfer })
  await page.dispatchEvent('body', 'dragover', { dataTransfer })
  await page.locator(`[data-target="${target}"]`).dispatchEvent('drop', { dataTransfer })
}

/** Pastes files as if copied from an image editor. */
export async function paste(page: Page, files: TestFile[]): Promise<void> {
  const dataTransfer = await transferOf(page, files)
  await page.evaluate((clipboardData) => {
    document.body.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    )
  }, dataTransfer)
}

/** Pastes words where the focus is. */
export async function pasteWords(page: Page, words: string): Promise<void> {
  await page.evaluate((text) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', text)
    const target = document.activeElement ?? document.body
    target.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, words)
}

/** The parts of the composer. */
export const composer = (page: Page) => ({
  prompt: page.getByRole('textbox', { name: 'Prompt', exact: true }),
  generate: page.getByRole('button', { name: /^Generate/ }),
  chip: (name: string | RegExp) =>
    page.getByRole('region', { name: 'Composer' }).getByRole('button', { name }),
})
