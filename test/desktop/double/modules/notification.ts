import { EventEmitter } from 'node:events'
import type Electron from 'electron'
import { record } from '../record'
import { strict } from '../strict'
import { preventable } from './event'
import { nextId } from './registry'

type Api = Pick<Electron.Notification, 'show' | 'close' | 'title' | 'body' | 'silent' | 'actions'>

/** Notifications by their number in the record, for a test to click. */
export const shownNotifications = new Map<number, Notification>()

export class Notification extends EventEmitter implements Api {
  title: string
  body: string
  silent: boolean
  actions: Electron.NotificationAction[]
  private readonly number = nextId()
  constructor(options: Electron.NotificationConstructorOptions = {}) {
    super()
    this.title = options.title ?? ''
    this.body = options.body ?? ''
    this.silent = options.silent ?? false
    this.actions = options.actions ?? []
    const { icon } = options
    record.notifications.push({
      id: this.number,
      title: this.title,
      body: this.body,
      icon: icon === undefined ? null : typeof icon === 'string' ? icon : icon.isEmpty() ? 'empty' : 'image',
      actions: this.actions.map(({ text }) => text ?? ''),
      shown: false,
    })
    return strict('Notification', this)
  }
  static isSupported(): boolean {
    return true
  }
  show(): void {
    const entry = record.notifications.find(({ id }) => id === this.number)
    if (entry) entry.shown = true
    shownNotifications.set(this.number, this)
    this.emit('show', preventable({}))
  }
  close(): void {
    if (shownNotifications.delete(this.number)) this.emit('close', preventable({ reason: 'userCanceled' }))
  }
}
