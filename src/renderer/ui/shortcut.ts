const mac = /mac|iphone|ipad/i.test(navigator.platform)

const signs: Record<string, string> = {
  Mod: mac ? '⌘' : 'Ctrl',
  Shift: mac ? '⇧' : 'Shift',
  Alt: mac ? '⌥' : 'Alt',
  Enter: '↵',
  Escape: 'Esc',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Space: '␣',
  Backspace: '⌫',
  Delete: mac ? '⌦' : 'Del',
  Comma: ',',
}

/** The parts of a shortcut; a plus at the end is the key itself. */
function partsOf(shortcut: string): string[] {
  return shortcut.split(/\+(?=.)/)
}

/** The signs of a shortcut such as `Mod+Enter`, as this computer's keyboard shows them. */
export function shortcutSigns(shortcut: string): string[] {
  return partsOf(shortcut).map((part) => signs[part] ?? part.toUpperCase())
}

/** A shortcut as `aria-keyshortcuts` wants it. */
export function ariaShortcut(shortcut: string): string {
  return shortcut.replace('Mod', mac ? 'Meta' : 'Control').replace('Comma', ',')
}

/** Whether a key press is the shortcut; `Mod` is the command key on a Mac and Ctrl elsewhere. */
export function matchesShortcut(event: KeyboardEvent, shortcut: string): boolean {
  const parts = partsOf(shortcut)
  const key = parts.at(-1) ?? ''
  const mod = mac ? event.metaKey : event.ctrlKey
  const otherMod = mac ? event.ctrlKey : event.metaKey
  if (mod !== parts.includes('Mod') || otherMod || event.altKey !== parts.includes('Alt')) return false
  const wanted = key === 'Space' ? ' ' : key === 'Comma' ? ',' : key
  if (event.key.toLowerCase() !== wanted.toLowerCase()) return false
  // A sign such as "?" already needs Shift on many keyboards; only letters and named keys ask for it.
  return /^[a-z]$|^.{2,}$|^ $/i.test(wanted) ? event.shiftKey === parts.includes('Shift') : true
}
