import { expect, test } from 'vitest'
import { plainNotes } from '../../../src/main/updates'

test('what GitHub sends as HTML is read as text, lists as lines', () => {
  expect(
    plainNotes(
      '<h2>New</h2>\n<ul>\n<li>Kling &amp; Jimeng</li>\n<li>A <a href="https://x">fix</a></li>\n</ul>',
    ),
  ).toBe('New\n\n• Kling & Jimeng\n\n• A fix')
})

test('a script is no note, and an escaped tag stays the text it is', () => {
  expect(plainNotes('<script>alert(1)</script>Fine &lt;b&gt;')).toBe('Fine <b>')
})

test('a code that is no character, or one that moves the cursor, disappears', () => {
  expect(plainNotes('a&#0;&#27;&#x110000;b')).toBe('ab')
})

test('a book is cut', () => {
  expect(plainNotes('x'.repeat(20_000)).length).toBeLessThan(6_100)
})
