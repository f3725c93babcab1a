import { basename } from 'node:path'

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/**
 * Makes what takes a person's own name out of paths: their home is `~`, and a folder named like it elsewhere (a mounted
 * drive) is `<user>`. Paths stand plain, with doubled backslashes as in JSON, and in addresses.
 */
export function homeless(home: string): (text: string) => string {
  const bare = home.replace(/[/\\]+$/, '')
  const name = basename(bare.replaceAll('\\', '/'))
  // A home that is the root, or has no name, says nothing of anybody.
  if (bare === '' || name === '') return (text) => text
  const forms = [
    bare.replaceAll('\\', '\\\\'),
    bare,
    bare.replaceAll('\\', '/'),
    encodeURI(bare.replaceAll('\\', '/')),
  ]
  const homes = new RegExp(`(?<!\\w)(?:${[...new Set(forms)].map(escaped).join('|')})(?![\\w-])`, 'gi')
  const names = [...new Set([name, encodeURIComponent(name)])].map(escaped).join('|')
  const folders = new RegExp(`([/\\\\])(?:${names})(?=[/\\\\"'\\s:,)]|$)`, 'gi')
  return (text) => text.replace(homes, '~').replace(folders, '$1<user>')
}
