import clsx from 'clsx'
import type { ComponentProps, MouseEvent } from 'react'
import styles from './Button.module.css'

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'disabled'> {
  variant?: 'primary' | 'secondary' | 'ghost' | 'danger'
  size?: 'm' | 'l'
  wide?: boolean
  /** Ignores clicks but stays in the tab order, so that the focus is not lost. */
  inactive?: boolean
}

export function Button({
  variant = 'secondary',
  size = 'm',
  wide = false,
  inactive = false,
  type = 'button',
  className,
  onClick,
  ...rest
}: ButtonProps) {
  const press = (event: MouseEvent<HTMLButtonElement>): void => {
    if (inactive) event.preventDefault()
    else onClick?.(event)
  }
  return (
    <button
      {...rest}
      type={type}
      aria-disabled={inactive || undefined}
      onClick={press}
      className={clsx(styles['button'], styles[variant], styles[size], wide && styles['wide'], className)}
    />
  )
}
