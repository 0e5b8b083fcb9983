import styles from './Skeleton.module.css'

/** Placeholder rows for a list that is still loading. Hidden from screen readers. */
export function SkeletonRows({ count }: { count: number }) {
  return (
    <div aria-hidden className={styles['rows']}>
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className={styles['row']}>
          <span className={styles['disc']} />
          <span className={styles['lines']}>
            <span className={styles['line']} />
            <span className={styles['line']} />
          </span>
        </div>
      ))}
    </div>
  )
}
