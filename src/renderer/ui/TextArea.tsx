import { useId, type ComponentProps, type ReactNode } from 'react'
import styles from './TextField.module.css'

export interface TextAreaProps extends Omit<ComponentProps<'textarea'>, 'onChange' | 'id'> {
  label: string
  hint?: ReactNode
  onValueChange: (value: string) => void
}

/** A text field of several lines, which grows with its text. */
export function TextArea({ label, hint, onValueChange, ...rest }: TextAreaProps) {
  const id = useId()
  const noteId = `${id}-note`
  return (
    <div className={styles['field']}>
      <label htmlFor={id} className={styles['label']}>
        {label}
      </label>
      <div className={styles['frame']}>
        <textarea
          {...rest}
          id={id}
          className={styles['area']}
          aria-describedby={noteId}
          onChange={(event) => onValueChange(event.target.value)}
        />
      </div>
      <div id={noteId} aria-live="polite" className={styles['hint']}>
        {hint}
      </div>
    </div>
  )
}
