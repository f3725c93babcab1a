/**
 * The packages of the AWS SDK and what stands under it, loaded when a call first needs them: a start without any call to
 * AWS should not pay for them. Everything else imports of them types alone.
 */
export const sdk = {
  bedrock: () => import('@aws-sdk/client-bedrock'),
  runtime: () => import('@aws-sdk/client-bedrock-runtime'),
  s3: () => import('@aws-sdk/client-s3'),
  sts: () => import('@aws-sdk/client-sts'),
  credentials: () => import('@aws-sdk/credential-providers'),
  handler: () => import('./handler'),
  signing: () => import('./signing'),
} as const
