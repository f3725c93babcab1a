import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { MessagePort } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import type { Contract } from '@shared/contract'
import { expect, onTestFinished, vi } from 'vitest'
import { startDesktop } from '../../src/main/desktop/start'
import { eventually } from '../support/eventually'
import { tempFolder } from '../support/folder'
import { app, state, type BrowserWindow } from './electron-double'

export type Client = ContractRouterClient<Contract>

/** The desktop program, run in this process against the double. */
export interface Program {
  dataDir: string
  window: () => BrowserWindow
  /** The page has loaded: takes the port it was given, as the page does. */
  connect(): Client
  /** The same, and answers the page's end of the port itself. */
  port(): MessagePort
  /** Answers as `protocol.handle` would. */
  fetch(path: string, init?: RequestInit): Promise<Response>
  quit(): Promise<void>
}

/** Starts the program up to the moment before Electron is ready. */
export function launch(args: string[] = [], dataDir = join(tempFolder(), 'data')): { dataDir: string } {
  vi.spyOn(process, 'argv', 'get').mockReturnValue(['electron', '.', '--data-dir', dataDir, ...args])
  state.paths.set('videos', join(dataDir, '..', 'videos'))
  forgetProcessListeners()
  const outDir = tempFolder()
  mkdirSync(join(outDir, 'renderer'))
  writeFileSync(join(outDir, 'renderer', 'index.html'), '<!doctype html><title>Dailies</title>')
  void startDesktop(outDir)
  return { dataDir }
}

/** A program listens to its process until that ends; here many share one. */
function forgetProcessListeners(): void {
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP', 'unhandledRejection', 'uncaughtException']
  const before = new Map(names.map((name) => [name, process.rawListeners(name)]))
  onTestFinished(() => {
    for (const [name, kept] of before) {
      for (const listener of process.rawListeners(name)) {
        if (!kept.includes(listener)) process.off(name, listener as (...args: unknown[]) => void)
      }
    }
  })
}

/** Starts the program and waits for its window. */
export async function runProgram(args: string[] = [], dataDir?: string): Promise<Program> {
  const launched = launch(args, dataDir)
  app.becomeReady()
  await eventually(() => expect(state.windows.length + state.errorBoxes.length).toBeGreaterThan(0))
  let over = false
  const quit = async () => {
    if (over) return
    over = true
    // Where jobs are under way the person is asked, and quits.
    state.boxAnswer = 0
    app.quit()
    await vi.waitFor(() => expect(state.exitCode).not.toBeNull(), { timeout: 5_000 })
  }
  onTestFinished(quit)
  const window = () => {
    const last = state.windows.at(-1)
    if (!last) throw new Error('There is no window.')
    return last
  }
  const port = () => {
    const { webContents } = window()
    webContents.emit('did-finish-load')
    const wire = webContents.posted.at(-1)?.ports[0]?.wire
    if (!wire) throw new Error('The page got no port.')
    onTestFinished(() => wire.close())
    wire.start()
    return wire
  }
  return {
    ...launched,
    window,
    quit,
    port,
    connect: () => createORPCClient<Client>(new RPCLink({ port: port() })),
    async fetch(path, init) {
      const handler = state.handlers.get('dailies')
      if (!handler) throw new Error('The scheme is not served.')
      return handler(new Request(`dailies://studio${path}`, init))
    },
  }
}
