import { useMemo } from 'react'
import styles from './Answer.module.css'
import { wordDiff } from './wordDiff'

/** What became of a text: what went is struck through, what came is underlined, both in a colour of their own. */
export function Diff({ before, after }: { before: string; after: string }) {
  const parts = useMemo(
    () => wordDiff(before, after).map((part, at) => ({ ...part, key: String(at) })),
    [before, after],
  )
  return (
    <p className={styles.text} dir="auto">
      {parts.map(({ kind, text, key }) => {
        if (kind === 'gone') return <del key={key}>{text}</del>
        if (kind === 'new') return <ins key={key}>{text}</ins>
        return <span key={key}>{text}</span>
      })}
    </p>
  )
}
