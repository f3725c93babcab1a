/** One part of a form. */
interface Part {
  name: string
  filename: string | null
  type: string | null
  bytes: Buffer
}

/** Reads multipart/form-data as a store does (RFC 7578): throws an Error for what is not one. */
export function partsOf(body: Buffer, contentType: string): Part[] {
  const boundary = /^multipart\/form-data; boundary=([\w-]{8,70})$/.exec(contentType)?.[1]
  if (boundary === undefined) throw new Error('no form')
  const mark = Buffer.from(`--${boundary}`)
  const parts: Part[] = []
  let from = body.indexOf(mark)
  if (from !== 0) throw new Error('something stands before the form')
  for (;;) {
    const start = from + mark.byteLength
    if (body.subarray(start, start + 4).toString() === '--\r\n') {
      if (start + 4 !== body.byteLength) throw new Error('something stands behind the form')
      return parts
    }
    const next = body.indexOf(Buffer.concat([Buffer.from('\r\n'), mark]), start)
    const gap = body.indexOf('\r\n\r\n', start)
    if (next < 0 || gap < 0 || gap > next) throw new Error('a part has no end')
    const head = body.subarray(start + 2, gap).toString()
    const [, name, filename = null] =
      /^Content-Disposition: form-data; name="([^"]+)"(?:; filename="([^"]+)")?/i.exec(head) ?? []
    if (name === undefined) throw new Error('a part has no name')
    const type = /^Content-Type: (\S+)$/im.exec(head)?.[1] ?? null
    parts.push({ name, filename, type, bytes: body.subarray(gap + 4, next) })
    from = next + 2
  }
}
