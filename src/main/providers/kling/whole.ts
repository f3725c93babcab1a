declare global {
  interface JSON {
    /** A text that is to stand in JSON as it is (ECMAScript proposal "JSON.parse source text access"; Node 21 and later). */
    rawJSON(text: string): unknown
  }
}

/** A whole number of any length, for a body: ids are longer than a number of JavaScript's is exact. */
export function wholeNumber(digits: string): unknown {
  return JSON.rawJSON(digits)
}
