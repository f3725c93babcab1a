/**
 * A full test double of `electron`: the BUILT program (`out/main/index.js`) runs in a process of its own, its window is a
 * page of a real Chromium, its preload script runs in an isolated world, its scheme is served by its own handler.
 *
 *     const double = await startDouble({ dataDir, library })   // build first; needs a Chromium (support/chromium.ts)
 *     const page = await double.page()                          // Playwright's page of the window
 *     await double.do('clickMenu', ['File', 'New prompt'])      // what the system or a person would do: commands.ts
 *     (await double.recorded()).opened                          // what the program asked of the system: record.ts
 *     await double.startAgain(['photo.png'])                    // a second start on the same data; its exit code
 *     await double.stop()                                       // quits as a person does; its exit code
 *
 * What the double does not have throws by its name: add it in modules/, one Electron module a file.
 */
export { startDouble, type Double, type DoubleOptions } from './start'
export { findChromium } from '../../support/chromium'
export type { Recorded } from './record'
export type { Commands } from './commands'
