const gone = '[redacted]'

/** What a signature, a token or a key looks like in texts of AWS; what the first group captures stays. */
const patterns: RegExp[] = [
  /(\b(?:authorization|x-amz-security-token|x-amz-sso_bearer_token|proxy-authorization|cookie|set-cookie)["']?\s*[:=]\s*["'[\s]*)[^"'\r\n\]]+/gi,
  /([?&](?:X-Amz-(?:Signature|Credential|Security-Token)|AWSAccessKeyId|Signature)=)[^&\s"'<>\\]+/gi,
  /(<(?:SecretAccessKey|SessionToken|AWSAccessKeyId|AccessKeyId|SignatureProvided|StringToSign|CanonicalRequest|StringToSignBytes|CanonicalRequestBytes)>)[^<]+/gi,
  /("(?:secretAccessKey|sessionToken|accessKeyId|accessToken|refreshToken|clientSecret)"\s*:\s*")[^"]+/gi,
  /(\b(?:Credential|Signature|aws_secret_access_key|aws_session_token)\s*=\s*)[^\s,;"'<>&\\]+/gi,
  /()\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{12,}\b/g,
  /(\bBearer\s+)[\w.~+/=-]+/gi,
]

/** The same text without what signs requests: signatures, tokens, key ids. */
export function redact(text: string): string {
  return patterns.reduce((rest, pattern) => rest.replace(pattern, `$1${gone}`), text)
}
