/** Whether a connection with these settings has what hangs on `when`; anything has what hangs on nothing. */
export function isServed(
  when: { field: string; in: readonly string[] } | null,
  settings: Readonly<Record<string, unknown>>,
): boolean {
  if (when === null) return true
  const value = settings[when.field]
  return typeof value === 'string' && when.in.includes(value)
}
