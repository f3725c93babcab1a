/** An event a listener may prevent, as Electron's are. */
export interface Preventable {
  preventDefault(): void
  readonly defaultPrevented: boolean
}

export function preventable<T extends object>(details: T): Preventable & T {
  let prevented = false
  return Object.defineProperties(
    { ...details },
    {
      preventDefault: { value: () => void (prevented = true) },
      defaultPrevented: { get: () => prevented },
    },
  ) as Preventable & T
}
