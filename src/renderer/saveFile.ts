/** How long the browser has to take the file up before its memory is given back. */
const keptMs = 60_000

/** Hands a file to the person as a download. */
export function saveFile(name: string, content: Blob): void {
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  window.setTimeout(() => URL.revokeObjectURL(address), keptMs)
}
