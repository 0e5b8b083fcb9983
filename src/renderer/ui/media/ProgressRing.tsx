import styles from './ProgressRing.module.css'

const RADIUS = 19.5
const LENGTH = 2 * Math.PI * RADIUS

/** A ring of 44 px over its parent; `small`: one of 20 px in its place. `share`: 0 to 1; null: not moving yet. */
export function ProgressRing({ share, small = false }: { share: number | null; small?: boolean }) {
  const shown = share === null ? 0.08 : Math.max(0.04, Math.min(1, share))
  return (
    <svg
      viewBox="0 0 44 44"
      className={styles['ring']}
      data-small={small || undefined}
      data-waiting={share === null || undefined}
      aria-hidden
    >
      <circle cx="22" cy="22" r={RADIUS} className={styles['track']} />
      <circle
        cx="22"
        cy="22"
        r={RADIUS}
        className={styles['arc']}
        strokeDasharray={`${shown * LENGTH} ${LENGTH}`}
      />
    </svg>
  )
}
