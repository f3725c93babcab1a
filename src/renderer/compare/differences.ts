/** Something about a video, in the page's words. */
export interface Fact {
  /** Says which facts of different videos are the same thing. */
  key: string
  name: string
  text: string
  /** What tells it from others that read the same: two images of one name are two images. */
  value: string
}

/** One thing about all of them: a cell for each, null where one has no such thing. */
export interface Line {
  key: string
  name: string
  cells: (string | null)[]
}

export interface Differences {
  differing: Line[]
  /** What is the same in all; every cell says the same. */
  same: Line[]
}

/** Puts the facts of several videos side by side, in the order in which they first appear. */
export function differencesOf(facts: readonly (readonly Fact[])[]): Differences {
  const names = new Map<string, string>()
  for (const { key, name } of facts.flat()) if (!names.has(key)) names.set(key, name)
  const all: Differences = { differing: [], same: [] }
  for (const [key, name] of names) {
    const own = facts.map((each) => each.find((fact) => fact.key === key))
    const isSame = own.every((fact) => fact?.value === own[0]?.value)
    all[isSame ? 'same' : 'differing'].push({ key, name, cells: own.map((fact) => fact?.text ?? null) })
  }
  return all
}
