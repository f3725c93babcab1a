import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AwsProcess, AwsSimulator } from '../simulators/aws'
import { tempFolder } from './folder'

type Simulated = Pick<AwsProcess | AwsSimulator, 'bucket' | 'credential' | 'region' | 'urls'>

/** A home folder whose `~/.aws` has a profile `sim` that signs in to the simulators. */
export function awsHome({ credential, region }: Simulated): string {
  const home = tempFolder()
  mkdirSync(join(home, '.aws'))
  writeFileSync(
    join(home, '.aws', 'credentials'),
    `[sim]\naws_access_key_id = ${credential.accessKeyId}\naws_secret_access_key = ${credential.secretAccessKey}\n`,
  )
  writeFileSync(join(home, '.aws', 'config'), `[profile sim]\nregion = ${region}\n`)
  return home
}

/** Settings of a connection to the simulators; the way of signing in is to be added. */
export function awsSettings({ bucket, region, urls }: Simulated): Record<string, unknown> {
  return {
    region,
    bucket,
    prefix: 'dailies/',
    bedrockEndpoint: urls.bedrock,
    bedrockControlEndpoint: urls.bedrock,
    s3Endpoint: urls.s3,
    stsEndpoint: urls.sts,
    pathStyle: true,
  }
}
