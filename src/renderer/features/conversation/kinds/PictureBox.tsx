import type { ReactNode } from 'react'
import type { Box } from '../../../ui/media/photo-box.ts'
import styles from './PictureBox.module.css'

interface PictureBoxProps extends Box {
  /** Time and ticks; null: they are below, with the words. */
  chip: ReactNode
  children: ReactNode
}

/** A box of a known size at the top of a bubble. In a narrow list it is smaller, with the same proportions. */
export function PictureBox({ width, height, chip, children }: PictureBoxProps) {
  return (
    <div
      className={styles['box']}
      style={{ inlineSize: width, aspectRatio: `${String(width)} / ${String(height)}` }}
      data-sized
    >
      {children}
      {chip !== null && <span className={styles['chip']}>{chip}</span>}
    </div>
  )
}

/** The words under a box. */
export function BoxCaption({ children }: { children: ReactNode }) {
  return <div className={styles['caption']}>{children}</div>
}
