import { z } from 'zod'
import type { Notice } from '@shared/contract'
import { noticeOf } from './notice'

/** Where a `dailies:` link leads. */
export interface Link {
  jobId: string
}

const shape = /^dailies:\/\/job\/([0-9a-f-]{36})\/?$/i
/** No link of ours is longer; anything else is not looked at. */
const longest = 64

/**
 * Reads `dailies://job/<id>`, the only link there is; null for anything else. Links come from web pages and mails:
 * nothing but the id is taken from them.
 */
export function parseLink(address: string): Link | null {
  if (address.length > longest) return null
  const id = z.uuid().safeParse(shape.exec(address)?.[1]?.toLowerCase())
  return id.success ? { jobId: id.data } : null
}

/** Whether an argument of the command line is meant as a link, readable or not. */
export function isLink(argument: string): boolean {
  return /^dailies:/i.test(argument)
}

/** What a link leads to: a job to show, or the sentence why not. `known` says whether the history has a job. */
export function followLink(
  address: string,
  known: (jobId: string) => boolean,
): { jobId: string } | { notice: Notice } {
  const link = parseLink(address)
  if (link && known(link.jobId)) return link
  return { notice: noticeOf(link ? 'link.unknown' : 'link.malformed') }
}
