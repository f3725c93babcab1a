import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

/** Every way in which a text is looked for: as it is, escaped for addresses, in base64 at any offset, in UTF-16. */
export function formsOf(text: string): Map<string, Buffer> {
  const escaped = encodeURIComponent(text)
  const forms: [string, string | Buffer][] = [
    ['plain', text],
    ['percent-encoded', escaped],
    ['percent-encoded in small letters', escaped.replace(/%../g, (code) => code.toLowerCase())],
    ['percent-encoded twice', encodeURIComponent(escaped)],
    ['UTF-16', Buffer.from(text, 'utf16le')],
    ['hexadecimal', Buffer.from(text).toString('hex')],
  ]
  for (const offset of [0, 1, 2]) {
    const whole = Buffer.concat([Buffer.alloc(offset), Buffer.from(text)]).toString('base64')
    // The outer characters also hold bits of the neighbours.
    const own = whole.slice(offset === 0 ? 0 : 4, Math.floor((offset + text.length) / 3) * 4)
    forms.push([`base64 (${offset})`, own])
    forms.push([`base64url (${offset})`, own.replaceAll('+', '-').replaceAll('/', '_')])
  }
  const distinct = new Map(
    forms.toReversed().map(([name, form]) => [String(form), [name, Buffer.from(form)] as const]),
  )
  return new Map([...distinct.values()].toReversed())
}

/** Places where a secret might lie, and a search through all of them. */
export class Places {
  readonly #bytes: [place: string, bytes: Buffer][] = []

  add(place: string, bytes: string | Uint8Array): void {
    this.#bytes.push([place, Buffer.from(bytes)])
  }

  /** Every file below a folder as it is on the disk now, also those of a database that is open. */
  addFolder(name: string, folder: string): void {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name)
      if (entry.isFile()) this.add(`${name}/${relative(folder, path)}`, readFileSync(path))
      this.add(`the name of ${name}/${relative(folder, path)}`, entry.name)
    }
  }

  /** The places where a text stands in any form, once each: `place: form`. */
  find(text: string): string[] {
    const forms = [...formsOf(text)]
    const found = this.#bytes.flatMap(([place, bytes]) =>
      forms.filter(([, form]) => bytes.includes(form)).map(([form]) => `${place}: ${form}`),
    )
    return [...new Set(found)]
  }

  /** Names of all places. */
  names(): string[] {
    return [...new Set(this.#bytes.map(([place]) => place))]
  }
}
