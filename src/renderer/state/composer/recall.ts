/** Walking through earlier prompts: `at` is the one shown, -1 the text that stood there before. */
export interface Recall {
  prompts: string[]
  at: number
  kept: string
}

/** Begins a walk from the text that stands in the field; a prompt equal to it is not offered again. */
export function beginRecall(prompts: readonly string[], current: string): Recall {
  return { prompts: prompts.filter((prompt) => prompt !== current), at: -1, kept: current }
}

/** One prompt further back; stays at the oldest. */
export function older(recall: Recall): Recall {
  return { ...recall, at: Math.min(recall.at + 1, recall.prompts.length - 1) }
}

/** One prompt nearer to now; -1 is the text that stood there before. */
export function newer(recall: Recall): Recall {
  return { ...recall, at: Math.max(recall.at - 1, -1) }
}

/** The text to show. */
export function recalled(recall: Recall): string {
  return recall.prompts[recall.at] ?? recall.kept
}
