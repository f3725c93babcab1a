/** What is wrong with one place of the composer, in the page's words. */
export interface Complaint {
  /** Which model's, where only one of several complains. */
  model: string | null
  place:
    | { kind: 'prompt' }
    | { kind: 'param'; name: string }
    | { kind: 'input'; index: number | null }
    | { kind: 'whole' }
  text: string
}

interface Refused {
  title: string
  issues: readonly { path: readonly (string | number)[]; text: string }[]
}

/**
 * Finds the place of each sentence of a refusal. `models` are those of the requests in their order; a path may
 * begin with `requests, n`. A refusal that names no place is one complaint about the whole.
 */
export function complaintsOf(refused: Refused, models: readonly string[]): Complaint[] {
  if (refused.issues.length === 0) {
    return [{ model: onlyOf(models), place: { kind: 'whole' }, text: refused.title }]
  }
  return refused.issues.map(({ path, text }) => {
    const inBatch = path[0] === 'requests'
    const model = inBatch ? (models[Number(path[1])] ?? null) : onlyOf(models)
    return { model, place: placeOf(inBatch ? path.slice(2) : path), text }
  })
}

function onlyOf(models: readonly string[]): string | null {
  return models.length === 1 ? (models[0] ?? null) : null
}

function placeOf([field, at]: readonly (string | number)[]): Complaint['place'] {
  if (field === 'prompt') return { kind: 'prompt' }
  if (field === 'inputs') return { kind: 'input', index: typeof at === 'number' ? at : null }
  if (field === 'params' && at !== undefined) return { kind: 'param', name: String(at) }
  return { kind: 'whole' }
}

/** The sentence beside a parameter of a model, if anything is wrong with it. */
export function paramComplaint(
  complaints: readonly Complaint[],
  model: string,
  name: string,
): string | undefined {
  return complaints.find(
    (complaint) =>
      complaint.place.kind === 'param' &&
      complaint.place.name === name &&
      (complaint.model === null || complaint.model === model),
  )?.text
}
