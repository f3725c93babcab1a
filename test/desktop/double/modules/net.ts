import type Electron from 'electron'
import { strict } from '../strict'

export const net = strict('net', {
  fetch: (input: string | Request, init?: RequestInit) => fetch(input, init),
  isOnline: () => true,
} satisfies Partial<Record<keyof typeof Electron.net, unknown>>)
