import { app, dialog } from 'electron'
import type { Settings } from '@shared/contract'
import en from '@shared/messages/en.json' with { type: 'json' }
import zh from '@shared/messages/zh-CN.json' with { type: 'json' }
import { menuLanguage } from './menu'

/** A page that ended so often before it was drawn will hardly be drawn the next time. */
const tooOften = 2

/** Offers safe mode where the page ends again and again before it is drawn. */
export interface Rescue {
  painted(): void
  pageEnded(language: Settings['language']): void
}

/** `restart` quits and starts again, in safe mode or out of it. */
export function createRescue(restart: (safeMode: boolean) => void): Rescue {
  let ended = 0
  return {
    painted() {
      ended = 0
    },
    pageEnded(language) {
      ended += 1
      if (ended !== tooOften) return
      const text = menuLanguage(language, app.getLocale()) === 'zh-CN' ? zh.rescue : en.rescue
      void dialog
        .showMessageBox({
          type: 'warning',
          message: text.message,
          detail: text.detail,
          buttons: [text.safeMode, text.again],
          defaultId: 0,
          cancelId: 1,
        })
        .then(({ response }) => {
          ended = 0
          if (response === 0) restart(true)
        })
    },
  }
}

/** Ends the program after a mistake of its own, which is in the log by now; the box waits for the person. */
export function endInWords(): void {
  const text = menuLanguage('system', app.getLocale()) === 'zh-CN' ? zh.rescue : en.rescue
  dialog.showErrorBox('Dailies', text.ended)
  app.exit(1)
}
