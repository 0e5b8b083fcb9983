import clsx from 'clsx'
import type { ComponentProps, ReactNode } from 'react'
import styles from './IconButton.module.css'
import { shortcutLabel, type Shortcut } from './shortcuts.ts'

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'aria-label' | 'title'> {
  /** The accessible name, also shown as the tooltip (see TooltipHost). */
  label: string
  shortcut?: Shortcut
  size?: 'm' | 'l'
  side?: 'top' | 'bottom' | 'inline-end'
  children: ReactNode
}

export function IconButton({
  label,
  shortcut,
  size = 'm',
  side = 'bottom',
  className,
  type = 'button',
  ...rest
}: IconButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      aria-label={label}
      className={clsx(styles['button'], styles[size], className)}
      data-tooltip={shortcut === undefined ? '' : shortcutLabel(shortcut)}
      data-tooltip-side={side}
    />
  )
}
