import type { Cdp } from './cdp'

/**
 * Closes every page that a page opens before it has asked for anything, as Electron does where the program denies it a
 * window. Pages that the program opens go on.
 */
export async function closePopups(cdp: Cdp): Promise<void> {
  cdp.browser.on('Target.attachedToTarget', ({ sessionId, targetInfo, waitingForDebugger }) => {
    if (targetInfo.type !== 'page' || !waitingForDebugger) return
    const session = cdp.session(sessionId)
    const go = () => session.send('Runtime.runIfWaitingForDebugger')
    const close = async () => {
      // It shares its process with its opener, which would wait for it: it goes on, but whatever it asks for is held.
      await Promise.all([session.send('Fetch.enable'), go()])
      await cdp.browser.send('Target.closeTarget', { targetId: targetInfo.targetId })
    }
    const done = targetInfo.openerId === undefined ? go() : close()
    // It may be gone already.
    done.catch(() => undefined)
  })
  await cdp.browser.send('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: true,
    flatten: true,
    filter: [{ type: 'page' }, { exclude: true }],
  })
}
