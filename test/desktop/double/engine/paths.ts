import type { Session } from './cdp'

/** Source of the function whose call stands still until its answer has been put in. */
export const pathOfFile = '(file) => { let answer = ""; debugger; return answer }'

/**
 * Answers `pathOfFile`: a page never learns where a file lies, but the DevTools protocol tells it of a file in hand.
 * The script waits at its `debugger` statement meanwhile, so that the call answers at once as Electron's does.
 */
export function lookUpPaths(session: Session): void {
  session.on('Debugger.paused', ({ callFrames }) => {
    const callFrameId = callFrames[0]?.callFrameId
    if (callFrameId === undefined) return
    void answer(session, callFrameId)
      .catch(() => undefined)
      .then(() => session.send('Debugger.resume'))
      // The page may be gone.
      .catch(() => undefined)
  })
}

async function answer(session: Session, callFrameId: string): Promise<void> {
  const { result } = await session.send('Debugger.evaluateOnCallFrame', { callFrameId, expression: 'file' })
  if (result.objectId === undefined) return
  const { path } = await session.send('DOM.getFileInfo', { objectId: result.objectId })
  const expression = `answer = ${JSON.stringify(path)}`
  await session.send('Debugger.evaluateOnCallFrame', { callFrameId, expression })
}
