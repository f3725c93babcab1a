/** Whether a connection with these settings has what hangs on `when`; anything has what hangs on nothing. */
export function isServed(
  when: { field: string; in: readonly string[] } | null,
  settings: Readonly<Record<string, unknown>>,
): boolean {
  return when === null || when.in.includes(String(settings[when.field] ?? ''))
}
