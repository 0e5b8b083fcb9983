import clsx from 'clsx'
import { useId, type ComponentProps, type ReactNode } from 'react'
import styles from './TextField.module.css'
import { VisuallyHidden } from './VisuallyHidden.tsx'

export interface TextFieldProps extends Omit<ComponentProps<'input'>, 'onChange' | 'id'> {
  label: string
  hideLabel?: boolean
  hint?: ReactNode
  /** Replaces the hint. Screen readers announce it. */
  error?: string | null
  /** Inside the frame, before the text. */
  icon?: ReactNode
  /** Inside the frame, after the text. */
  action?: ReactNode
  onValueChange: (value: string) => void
}

export function TextField({
  label,
  hideLabel = false,
  hint,
  error = null,
  icon,
  action,
  onValueChange,
  className,
  ...rest
}: TextFieldProps) {
  const id = useId()
  const noteId = `${id}-note`
  const hasNote = error !== null || hint !== undefined
  return (
    <div className={clsx(styles['field'], className)}>
      <label htmlFor={id} className={hideLabel ? undefined : styles['label']}>
        {hideLabel ? <VisuallyHidden>{label}</VisuallyHidden> : label}
      </label>
      <div className={styles['frame']}>
        {icon}
        <input
          {...rest}
          id={id}
          className={styles['input']}
          aria-invalid={error !== null || undefined}
          aria-describedby={hasNote ? noteId : undefined}
          onChange={(event) => onValueChange(event.target.value)}
        />
        {action}
      </div>
      <div id={noteId} aria-live="polite" className={error === null ? styles['hint'] : styles['error']}>
        {error ?? hint}
      </div>
    </div>
  )
}
