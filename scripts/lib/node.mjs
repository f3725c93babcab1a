// The native modules load under Node 24 and later only; an older one would crash without a word.
export function requireNode24() {
  const major = Number(process.versions.node.split('.')[0])
  if (major >= 24) return
  console.error(
    `Dailies needs Node 24 or later; this is ${process.versions.node}. Run it through npm (npm start, npm test), which brings its own.`,
  )
  process.exit(1)
}
