import { StudioError } from '@shared/problems'

/** The text of a PDF, its pages apart by an empty line. Throws StudioError `brief.pdfLocked` or `brief.pdfBroken`. */
export async function textOfPdf(bytes: Uint8Array): Promise<{ text: string; pages: number }> {
  // Two megabytes of reader, for the few who need it.
  const { extractText, getDocumentProxy } = await import('unpdf')
  try {
    // The reader takes the buffer it is given for its own.
    const document = await getDocumentProxy(bytes.slice(), { verbosity: 0 })
    try {
      const { text, totalPages } = await extractText(document, { mergePages: false })
      return { text: text.map((page) => page.trim()).join('\n\n'), pages: totalPages }
    } finally {
      await document.loadingTask.destroy()
    }
  } catch (cause) {
    const locked = cause instanceof Error && cause.name === 'PasswordException'
    throw new StudioError('unsupported_media', locked ? 'brief.pdfLocked' : 'brief.pdfBroken', { cause })
  }
}
