import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'

/** A release on loopback, as electron-updater's generic provider reads it. */
export interface ServedRelease {
  url: string
  /** Paths that were asked for, in their order. */
  asked: string[]
  /** What is served as the new AppImage: it leaves a file `opened` beside itself when it runs. */
  program: string
  /** Nobody answers any more. */
  close(): void
}

/** Serves a release until the test ends; `sha512` is what the feed says of the program's checksum. */
export async function serveRelease(version: string, notes: string, sha512?: string): Promise<ServedRelease> {
  const program = '#!/bin/sh\n: > "$(dirname "$0")/opened"\n'
  const hash = sha512 ?? createHash('sha512').update(program).digest('base64')
  const feed = [
    `version: ${version}`,
    'files:',
    '  - url: Dailies.AppImage',
    `    sha512: ${hash}`,
    `    size: ${program.length}`,
    'path: Dailies.AppImage',
    `sha512: ${hash}`,
    "releaseDate: '2026-11-01T00:00:00.000Z'",
    `releaseNotes: ${JSON.stringify(notes)}`,
  ].join('\n')
  const asked: string[] = []
  const server = createServer((request, response) => {
    const name = new URL(request.url ?? '/', 'http://feed').pathname
    asked.push(name)
    if (name === '/latest-linux.yml') response.end(feed)
    else if (name === '/Dailies.AppImage') response.end(program)
    else response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  onTestFinished(close)
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}`, asked, program, close }
}
