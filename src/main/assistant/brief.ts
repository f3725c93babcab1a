import { extname } from 'node:path'
import type { Brief } from '@shared/contract'
import { StudioError } from '@shared/problems'
import { mostBytes, mostSigns, tooLarge } from './brief-limits'
import { readObject } from './brief-s3'
import { textOfPdf } from './pdf'
import type { AssistantDeps } from './types'

/** Reads briefs: as a file, or from S3 through a connection. */
export function createBriefs(deps: Pick<AssistantDeps, 'connections' | 'network' | 'environment' | 'clock'>) {
  return {
    /** Throws StudioError with one sentence for each thing that can be wrong with it. */
    async read(from: { file: Blob; name: string } | { uri: string; connectionId: string }): Promise<Brief> {
      if ('uri' in from) {
        const { bytes, name } = await readObject(from.uri, from.connectionId, deps)
        return briefOf(bytes, name)
      }
      if (from.file.size > mostBytes) throw tooLarge()
      return briefOf(new Uint8Array(await from.file.arrayBuffer()), from.name)
    },
  }
}

/** A file is what its bytes say; its name only tells Markdown from plain text. */
export async function briefOf(bytes: Uint8Array, name: string): Promise<Brief> {
  if (bytes.byteLength > mostBytes) throw tooLarge()
  if (isPdf(bytes)) {
    const { text, pages } = await textOfPdf(bytes)
    return { name, kind: 'pdf', text: checked(text), pages }
  }
  const ending = extname(name).toLowerCase()
  if (!['', '.txt', '.text', '.md', '.markdown'].includes(ending) || bytes.includes(0)) {
    throw new StudioError('unsupported_media', 'brief.kind')
  }
  const kind = ending === '.md' || ending === '.markdown' ? 'markdown' : 'text'
  return { name, kind, text: checked(textOf(bytes)), pages: null }
}

/** Some programs put a few bytes before the mark; readers look for it in the first kilobyte (ISO 32000-1, annex H). */
function isPdf(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 1024)).includes('%PDF-')
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new StudioError('unsupported_media', 'brief.encoding', { cause })
  }
}

function checked(text: string): string {
  const whole = text.replace(/\r\n?/g, '\n').trim()
  if (whole === '') throw new StudioError('invalid_request', 'brief.empty')
  if (whole.length > mostSigns) {
    const values = { signs: whole.length, limit: mostSigns }
    throw new StudioError('too_large', 'brief.tooLong', { values })
  }
  return whole
}
