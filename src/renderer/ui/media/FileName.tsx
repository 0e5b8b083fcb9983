import { shownName } from '#shared/domain/file-name.ts'
import styles from './FileName.module.css'

/** A name from another person in one line. Where space is short, its middle is cut; the extension stays. */
export function FileName({ name, fallback }: { name: string; fallback: string }) {
  const { head, tail } = shownName(name)
  if (tail === '') return <span className={styles['name']}>{fallback}</span>
  return (
    <span className={styles['name']} dir="ltr">
      <bdi dir="ltr" className={styles['head']}>
        {head}
      </bdi>
      <bdi dir="ltr" className={styles['tail']}>
        {tail}
      </bdi>
    </span>
  )
}
