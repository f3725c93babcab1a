/** What a pasted block of AWS credentials holds, by the names of the connection's secrets. */
export type PastedSecrets = Partial<Record<'accessKeyId' | 'secretAccessKey' | 'sessionToken', string>>

type Name = keyof PastedSecrets

// As the shells, ~/.aws/credentials, `aws sts` and the console write them: AWS_ACCESS_KEY_ID, aws_access_key_id,
// AccessKeyId, "Access key ID".
const named: [Name, RegExp][] = [
  ['secretAccessKey', /secret[_ ]?access[_ ]?key/i],
  ['sessionToken', /(?:session|security)[_ ]?token/i],
  ['accessKeyId', /access[_ ]?key(?:[_ ]?id)?/i],
]

// IAM User Guide, "Unique identifiers": AKIA for keys that last, ASIA for temporary ones.
const keyId = /^A[KS]IA[A-Z2-7]{12,124}$/
const secretKey = /^[A-Za-z0-9/+=]{40}$/
const token = /^[A-Za-z0-9/+=]{100,}$/

function nameIn(text: string): Name | null {
  return named.find(([, pattern]) => pattern.test(text))?.[0] ?? null
}

function bare(text: string): string {
  return text
    .trim()
    .replace(/[;,]$/, '')
    .replace(/^["'`]+|["'`]+$/g, '')
    .trim()
}

function fromAssignments(text: string): PastedSecrets {
  const found: PastedSecrets = {}
  // One line may hold several: `export A=… B=…`, or JSON without line breaks.
  for (const match of text.matchAll(
    /([A-Za-z_]*(?:access_?key_?(?:id)?|(?:session|security)_?token))["']?\s*[=:]\s*["']?([A-Za-z0-9/+=]{16,})/gi,
  )) {
    const [, label = '', value = ''] = match
    const name = nameIn(label)
    if (name) found[name] ??= value
  }
  return found
}

function fromLabels(text: string): PastedSecrets {
  const found: PastedSecrets = {}
  const lines = text.split(/\r?\n/).map(bare).filter(Boolean)
  const heads = lines[0]?.split(',').map(nameIn) ?? []
  if (lines.length > 1 && heads.filter(Boolean).length > 1) {
    const cells = lines[1]?.split(',').map(bare) ?? []
    heads.forEach((name, at) => {
      const cell = cells[at]
      if (name && cell) found[name] ??= cell
    })
    return found
  }
  lines.forEach((line, at) => {
    const name = line.length < 40 ? nameIn(line) : null
    const value = lines[at + 1]
    if (name && value !== undefined && nameIn(value) === null) found[name] ??= value
  })
  return found
}

function fromShapes(text: string): PastedSecrets {
  const found: PastedSecrets = {}
  for (const word of text.split(/[\s,]+/).map(bare)) {
    if (keyId.test(word)) found.accessKeyId ??= word
    else if (secretKey.test(word)) found.secretAccessKey ??= word
    else if (token.test(word)) found.sessionToken ??= word
  }
  return found
}

/**
 * Reads a block of AWS credentials as the console, the shells, `~/.aws/credentials` or `aws sts` give it. Null where
 * the text is not such a block, a single value included: that is pasted as it is.
 */
export function pastedSecrets(text: string): PastedSecrets | null {
  for (const read of [fromAssignments, fromLabels, fromShapes]) {
    const found = read(text)
    if (found.accessKeyId !== undefined && found.secretAccessKey !== undefined) return found
  }
  // One assignment alone is not its own value: `export AWS_ACCESS_KEY_ID=AKIA…`.
  const one = fromAssignments(text)
  return Object.keys(one).length > 0 ? one : null
}
