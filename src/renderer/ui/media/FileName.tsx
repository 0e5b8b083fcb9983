import { shownName } from '#shared/domain/file-name.ts'
import styles from './FileName.module.css'

/** A name from another person in one line. Where space is short, the end before the extension is cut. */
export function FileName({ name, fallback }: { name: string; fallback: string }) {
  const { base, extension } = shownName(name)
  if (base + extension === '') return <span className={styles['name']}>{fallback}</span>
  return (
    <span className={styles['name']} dir="ltr">
      <bdi className={styles['base']}>{base}</bdi>
      <bdi dir="ltr" className={styles['extension']}>
        {extension}
      </bdi>
    </span>
  )
}
