/** Lets the person choose image files, at most `max`; none when the dialog was closed. */
export function pickImages(max: number): Promise<File[]> {
  return pickFiles('image/*', max)
}

/** Lets the person choose files of these kinds (as `accept` of a file field has them); none when the dialog was closed. */
export function pickFiles(accept: string, max: number): Promise<File[]> {
  const input = document.createElement('input')
  input.type = 'file'
  input.accept = accept
  input.multiple = max > 1
  return new Promise((resolve) => {
    input.addEventListener('change', () => resolve([...(input.files ?? [])].slice(0, max)))
    input.addEventListener('cancel', () => resolve([]))
    input.click()
  })
}
