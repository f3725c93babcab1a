import { describe, expect, it } from 'vitest'
import { pastedSecrets } from '../../../src/renderer/connections/pasted'

// The example keys of the IAM User Guide; the session token has only a token's shape.
const accessKeyId = 'AKIAIOSFODNN7EXAMPLE'
const secretAccessKey = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
const sessionToken = `IQoJb3JpZ2luX2Vj${'Ab+/9'.repeat(40)}==`
const both = { accessKeyId, secretAccessKey }
const all = { ...both, sessionToken }

describe('a pasted block of credentials', () => {
  it('from the shells would land in one field, names and quotes included', () => {
    expect(
      pastedSecrets(
        `export AWS_ACCESS_KEY_ID="${accessKeyId}"\nexport AWS_SECRET_ACCESS_KEY="${secretAccessKey}"\nexport AWS_SESSION_TOKEN="${sessionToken}"\n`,
      ),
    ).toEqual(all)
    expect(
      pastedSecrets(
        `SET AWS_ACCESS_KEY_ID=${accessKeyId}\r\nSET AWS_SECRET_ACCESS_KEY=${secretAccessKey}\r\nSET AWS_SESSION_TOKEN=${sessionToken}`,
      ),
    ).toEqual(all)
    expect(
      pastedSecrets(
        `$Env:AWS_ACCESS_KEY_ID="${accessKeyId}"\n$Env:AWS_SECRET_ACCESS_KEY="${secretAccessKey}"`,
      ),
    ).toEqual(both)
    expect(
      pastedSecrets(`AWS_ACCESS_KEY_ID=${accessKeyId} AWS_SECRET_ACCESS_KEY=${secretAccessKey} aws s3 ls`),
    ).toEqual(both)
  })

  it('from ~/.aws/credentials would keep the spaces around its signs', () => {
    expect(
      pastedSecrets(
        `[dailies]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\naws_session_token = ${sessionToken}\nregion = us-west-2\n`,
      ),
    ).toEqual(all)
  })

  it('as `aws sts` answers would not be known as one', () => {
    const answer = {
      Credentials: {
        AccessKeyId: accessKeyId,
        SecretAccessKey: secretAccessKey,
        SessionToken: sessionToken,
        Expiration: '2026-11-25T20:00:00+00:00',
      },
    }
    expect(pastedSecrets(JSON.stringify(answer, null, 4))).toEqual(all)
    expect(pastedSecrets(JSON.stringify(answer))).toEqual(all)
  })

  it('from the console, as a table or its CSV file, would need three copies', () => {
    expect(pastedSecrets(`Access key ID,Secret access key\n${accessKeyId},${secretAccessKey}\n`)).toEqual(
      both,
    )
    expect(pastedSecrets(`Access key\n${accessKeyId}\nSecret access key\n${secretAccessKey}`)).toEqual(both)
    expect(pastedSecrets(`${accessKeyId}\t${secretAccessKey}`)).toEqual(both)
  })

  it('that is a single value would be taken apart', () => {
    expect(pastedSecrets(accessKeyId)).toBeNull()
    expect(pastedSecrets(secretAccessKey)).toBeNull()
    expect(pastedSecrets('not a key at all')).toBeNull()
    expect(pastedSecrets('')).toBeNull()
  })

  it('that is a single assignment would bring its name along', () => {
    expect(pastedSecrets(`AWS_ACCESS_KEY_ID=${accessKeyId}`)).toEqual({ accessKeyId })
    expect(pastedSecrets(`aws_secret_access_key = ${secretAccessKey}`)).toEqual({ secretAccessKey })
  })
})
