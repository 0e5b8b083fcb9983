import styles from './Keys.module.css'
import { shortcutKeys, type Shortcut } from './shortcuts.ts'

/** The keys of a shortcut, each in its own frame. */
export function Keys({ shortcut }: { shortcut: Shortcut }) {
  return (
    <span className={styles['keys']}>
      {shortcutKeys(shortcut).map((key) => (
        <kbd key={key} className={styles['key']}>
          {key}
        </kbd>
      ))}
    </span>
  )
}
