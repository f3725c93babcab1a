import { request as insecure, type ClientRequest, type RequestOptions } from 'node:http'
import { request as secure } from 'node:https'
import type Electron from 'electron'
import { strict } from '../strict'

export const net = strict('net', {
  fetch: (input: string | Request, init?: RequestInit) => fetch(input, init),
  isOnline: () => true,
  request: (options: RequestOptions): ClientRequest =>
    options.protocol === 'https:' ? secure(options) : insecure(options),
} satisfies Partial<Record<keyof typeof Electron.net, unknown>>)
