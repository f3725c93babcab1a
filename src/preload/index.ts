import { contextBridge, ipcRenderer, webUtils } from 'electron'

// The page gets two things and nothing else: the port to the studio, and where a dropped file lies.
ipcRenderer.on('dailies:port', (event) => {
  window.postMessage({ type: 'dailies:port' }, window.location.origin, event.ports)
})

contextBridge.exposeInMainWorld('dailies', {
  /** The path of a file that was dropped or picked; empty where it lies on no disk. */
  pathForFile: (file: File): string => webUtils.getPathForFile(file),
})
