/** One line of the bench table: a figure beside its target. */
export interface BenchRow {
  name: string
  measured: string
  target: string
  ok: boolean
}
