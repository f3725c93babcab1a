import type { createCodec } from './clone'

// What runs in the page: read as source text, so these functions reach nothing outside themselves.

/** What the isolated world tells main; each is one line of text through the binding. */
export type FromPage =
  | { kind: 'send' | 'invoke'; channel: string; args: string; id: number }
  | { kind: 'port'; port: number; data: string }
  | { kind: 'closed'; port: number }
  | { kind: 'menu'; params: PageMenu }
  | { kind: 'fault'; message: string }

/** What the page knows of the place a context menu was asked for. */
export interface PageMenu {
  x: number
  y: number
  linkURL: string
  linkText: string
  srcURL: string
  mediaType: 'none' | 'image' | 'audio' | 'video' | 'canvas'
  selectionText: string
  isEditable: boolean
  isPassword: boolean
}

/** What main tells the isolated world. */
export type ToPage =
  | { kind: 'message'; channel: string; args: string; ports: number[] }
  | { kind: 'answer'; id: number; value: string; error: string | null }
  | { kind: 'port'; port: number; data: string }
  | { kind: 'close'; port: number }

/** In the page's own world, before its first script: receives what the preload exposes. */
export function mainWorld(token: string): void {
  if (window !== window.top) return
  type Reply = { kind: 'value'; value: unknown } | { kind: 'error'; message: string } | { kind: 'promise' }
  const on = document.addEventListener.bind(document)
  const off = document.removeEventListener.bind(document)
  const tell = document.dispatchEvent.bind(document)
  const Custom = CustomEvent
  let calls = 0

  function call(path: string[], args: unknown[]): unknown {
    calls += 1
    const id = calls
    let reply: Reply | null = null
    const hear = (event: Event) => {
      reply = (event as CustomEvent<Reply>).detail
    }
    const settled = new Promise((resolve, reject) => {
      const settle = (event: Event) => {
        const answer = (event as CustomEvent<Reply>).detail
        off(`${token}:settled:${id}`, settle)
        if (answer.kind === 'value') resolve(answer.value)
        else reject(new Error(answer.kind === 'error' ? answer.message : 'no answer'))
      }
      on(`${token}:settled:${id}`, settle)
    })
    on(`${token}:reply:${id}`, hear)
    tell(new Custom(`${token}:call`, { detail: { id, path, args } }))
    off(`${token}:reply:${id}`, hear)
    const answer = reply as Reply | null
    if (answer === null) throw new Error('The preload script is gone.')
    if (answer.kind === 'promise') return settled
    if (answer.kind === 'error') throw new Error(answer.message)
    return answer.value
  }

  type Shape =
    | { kind: 'function' }
    | { kind: 'value'; value: unknown }
    | { kind: 'object'; of: [string, Shape][] }
  function build(shape: Shape, path: string[]): unknown {
    if (shape.kind === 'function') return (...args: unknown[]) => call(path, args)
    if (shape.kind === 'value') return shape.value
    return Object.freeze(Object.fromEntries(shape.of.map(([key, of]) => [key, build(of, [...path, key])])))
  }
  on(`${token}:expose`, (event) => {
    const { key, shape } = (event as CustomEvent<{ key: string; shape: Shape }>).detail
    Object.defineProperty(window, key, { value: build(shape, [key]), enumerable: true })
  })
}

type Preload = (
  require: (name: string) => unknown,
  module: { exports: unknown },
  exports: unknown,
  process: unknown,
) => void

/** In a world of its own beside the page: the preload script with the sandboxed part of electron. */
export function isolatedWorld(
  token: string,
  binding: string,
  makeCodec: typeof createCodec,
  pathOf: (file: File) => string,
  preload: Preload,
): void {
  if (window !== window.top) return
  const scope = globalThis as unknown as Record<string, (text: string) => void>
  const send = (message: FromPage) => scope[binding]?.(JSON.stringify(message))
  const codec = makeCodec({
    toText(bytes) {
      let text = ''
      for (let at = 0; at < bytes.length; at += 32_768) {
        text += String.fromCharCode(...bytes.subarray(at, at + 32_768))
      }
      return btoa(text)
    },
    fromText: (text) => Uint8Array.from(atob(text), (one) => one.charCodeAt(0)),
  })

  function strictly<T extends object>(name: string, target: T): T {
    return new Proxy(target, {
      get(target, key, receiver): unknown {
        if (typeof key === 'symbol' || key in target || key === 'then')
          return Reflect.get(target, key, receiver)
        throw new Error(`The double of electron has no ${name}.${key} in a sandboxed preload.`)
      },
    })
  }

  // contextBridge
  const exposed = new Map<string, unknown>()
  type Shape = { kind: string; value?: unknown; of?: [string, Shape][] }
  function shapeOf(value: unknown): Shape {
    if (typeof value === 'function') return { kind: 'function' }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return { kind: 'value', value }
    return { kind: 'object', of: Object.entries(value).map(([key, of]) => [key, shapeOf(of)]) }
  }
  const contextBridge = {
    exposeInMainWorld(key: string, api: unknown) {
      if (exposed.has(key)) throw new Error(`Cannot bind an API on top of an existing property: ${key}`)
      exposed.set(key, api)
      document.dispatchEvent(new CustomEvent(`${token}:expose`, { detail: { key, shape: shapeOf(api) } }))
    },
  }
  const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
  document.addEventListener(`${token}:call`, (event) => {
    const { id, path, args } = (event as CustomEvent<{ id: number; path: string[]; args: unknown[] }>).detail
    const tell = (name: string, detail: unknown) =>
      document.dispatchEvent(new CustomEvent(`${token}:${name}:${id}`, { detail }))
    try {
      const found = path.reduce<unknown>(
        (at, key, index) => (index === 0 ? exposed.get(key) : (at as Record<string, unknown>)[key]),
        null,
      )
      const value = (found as (...args: unknown[]) => unknown)(...args)
      if (!(value instanceof Promise)) return void tell('reply', { kind: 'value', value })
      tell('reply', { kind: 'promise' })
      value.then(
        (value: unknown) => tell('settled', { kind: 'value', value }),
        (error: unknown) => tell('settled', { kind: 'error', message: messageOf(error) }),
      )
    } catch (error) {
      tell('reply', { kind: 'error', message: messageOf(error) })
    }
  })

  // webUtils: only Chromium itself knows a file's path; it is asked while this world stands still.
  const webUtils = {
    getPathForFile(file: unknown): string {
      if (!(file instanceof File)) throw new TypeError('getPathForFile expected a File')
      return pathOf(file)
    },
  }

  // Ports: a real MessageChannel, one end for the preload, the other carried to main.
  const carried = new Map<number, MessagePort>()
  function openPort(port: number): MessagePort {
    const { port1, port2 } = new MessageChannel()
    carried.set(port, port1)
    port1.addEventListener('message', (event) => {
      try {
        if (event.ports.length > 0) throw new Error('The double of electron carries no port through a port.')
        send({ kind: 'port', port, data: codec.encode(event.data) })
      } catch (error) {
        send({ kind: 'fault', message: messageOf(error) })
      }
    })
    port1.addEventListener('close', () => {
      carried.delete(port)
      send({ kind: 'closed', port })
    })
    port1.start()
    return port2
  }

  // ipcRenderer
  type Listener = (event: object, ...args: unknown[]) => void
  const listeners = new Map<string, { listener: Listener; once: boolean }[]>()
  const asked = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>()
  let lastId = 0
  const listen = (channel: string, listener: Listener, once: boolean) => {
    listeners.set(channel, [...(listeners.get(channel) ?? []), { listener, once }])
    return ipcRenderer
  }
  const off = (channel: string, listener: Listener) => {
    const kept = (listeners.get(channel) ?? []).filter((one) => one.listener !== listener)
    listeners.set(channel, kept)
    return ipcRenderer
  }
  const ipcRenderer = strictly('ipcRenderer', {
    on: (channel: string, listener: Listener) => listen(channel, listener, false),
    addListener: (channel: string, listener: Listener) => listen(channel, listener, false),
    once: (channel: string, listener: Listener) => listen(channel, listener, true),
    off,
    removeListener: off,
    removeAllListeners(channel: string) {
      listeners.delete(channel)
      return ipcRenderer
    },
    send(channel: string, ...args: unknown[]) {
      send({ kind: 'send', channel, args: codec.encode(args), id: 0 })
    },
    invoke(channel: string, ...args: unknown[]) {
      lastId += 1
      const id = lastId
      const answer = new Promise((resolve, reject) => asked.set(id, { resolve, reject }))
      send({ kind: 'invoke', channel, args: codec.encode(args), id })
      return answer
    },
  })

  scope[token] = (text: string) => {
    const message = JSON.parse(text) as ToPage
    switch (message.kind) {
      case 'message': {
        const event = { sender: ipcRenderer, ports: message.ports.map(openPort) }
        const args = codec.decode(message.args) as unknown[]
        const heard = listeners.get(message.channel) ?? []
        listeners.set(
          message.channel,
          heard.filter(({ once }) => !once),
        )
        for (const { listener } of heard) listener(event, ...args)
        return
      }
      case 'answer': {
        const waiting = asked.get(message.id)
        asked.delete(message.id)
        if (message.error === null) waiting?.resolve(codec.decode(message.value))
        else waiting?.reject(new Error(message.error))
        return
      }
      case 'port':
        carried.get(message.port)?.postMessage(codec.decode(message.data))
        return
      case 'close':
        carried.get(message.port)?.close()
        carried.delete(message.port)
    }
  }

  // Electron's context menu event: what the page let pass.
  window.addEventListener('contextmenu', (event) => {
    if (event.defaultPrevented || !(event.target instanceof Element)) return
    event.preventDefault()
    const { target } = event
    const link = target.closest('a')
    const field = target.closest('input, textarea')
    const selected =
      field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement
        ? field.value.slice(field.selectionStart ?? 0, field.selectionEnd ?? 0)
        : String(window.getSelection() ?? '')
    const kinds = { IMG: 'image', VIDEO: 'video', AUDIO: 'audio', CANVAS: 'canvas' } as const
    send({
      kind: 'menu',
      params: {
        x: event.clientX,
        y: event.clientY,
        linkURL: link?.href ?? '',
        linkText: link?.textContent ?? '',
        srcURL:
          target instanceof HTMLImageElement || target instanceof HTMLMediaElement ? target.currentSrc : '',
        mediaType: kinds[target.tagName as keyof typeof kinds] ?? 'none',
        selectionText: selected,
        isEditable: field !== null || (target instanceof HTMLElement && target.isContentEditable),
        isPassword: field instanceof HTMLInputElement && field.type === 'password',
      },
    })
  })

  const electron = strictly('electron', {
    contextBridge: strictly('contextBridge', contextBridge),
    ipcRenderer,
    webUtils,
  })
  const require = (name: string) => {
    if (name === 'electron' || name === 'electron/renderer') return electron
    throw new Error(`The double of electron gives a sandboxed preload no module ${name}.`)
  }
  const module = { exports: {} }
  const process = strictly('process', {
    sandboxed: true,
    contextIsolated: true,
    type: 'renderer',
    platform: navigator.platform,
  })
  preload(require, module, module.exports, process)
}
