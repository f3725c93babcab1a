import { problemStatus, sentence, type StudioError } from '@shared/problems'
import en from '@shared/messages/en.json' with { type: 'json' }
import zh from '@shared/messages/zh-CN.json' with { type: 'json' }
import { fromStudio, problemBody } from '../rpc'

/** An error as the local API says it: `{code, message, hint?, issues?}` under its honest status. */
export function refuse(error: StudioError, headers: Record<string, string> = {}): Response {
  return Response.json(problemBody(fromStudio(error)), { status: problemStatus[error.code], headers })
}

/** What a browser shows to somebody who comes without the token: a page that says what to open instead. */
export function strangerPage(): Response {
  const paragraphs = [en, zh]
    .map(({ problem }, index) => {
      const { message, hint } = problem['token.missing']
      return `<section lang="${index === 0 ? 'en' : 'zh-CN'}"><h1>${message}</h1><p>${hint}</p></section>`
    })
    .join('')
  const style =
    'body{font:16px/1.5 system-ui,sans-serif;max-width:34em;margin:15vh auto;padding:0 24px;' +
    'color-scheme:light dark;background:Canvas;color:CanvasText}h1{font-size:20px}section{margin-bottom:40px}'
  return new Response(
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>Dailies</title><style>${style}</style>${paragraphs}</html>`,
    {
      status: problemStatus.unauthorized,
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
      },
    },
  )
}

/** The body of a refused WebSocket, which a browser never shows but a log of one may. */
export function refusalText(verdict: 'foreign' | 'stranger'): { status: number; text: string } {
  return verdict === 'foreign'
    ? { status: problemStatus.forbidden, text: sentence('origin.foreign').message }
    : { status: problemStatus.unauthorized, text: sentence('token.missing').message }
}
