/** How long something takes, run after run, in milliseconds. */
export interface Stretch {
  p50: number
  p99: number
}

/** Runs `work` many times and answers how long it took; each call gets the number of the run. */
export function stretch(runs: number, work: (run: number) => void): Stretch {
  const times: number[] = []
  for (let run = 0; run < runs; run += 1) {
    const from = performance.now()
    work(run)
    times.push(performance.now() - from)
  }
  times.sort((a, b) => a - b)
  const at = (part: number) => times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0
  return { p50: at(0.5), p99: at(0.99) }
}
