import { Tooltip } from '@base-ui/react/tooltip'
import clsx from 'clsx'
import type { ComponentProps, ReactNode } from 'react'
import styles from './IconButton.module.css'
import { shortcutLabel, type Shortcut } from './shortcuts.ts'

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'aria-label' | 'title'> {
  /** The accessible name, also shown as the tooltip. */
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
    <Tooltip.Root>
      <Tooltip.Trigger
        {...rest}
        type={type}
        aria-label={label}
        className={clsx(styles['button'], styles[size], className)}
      />
      <Tooltip.Portal>
        <Tooltip.Positioner side={side} sideOffset={6} className={styles['positioner']}>
          <Tooltip.Popup className={styles['tooltip']}>
            {label}
            {shortcut !== undefined && <kbd className={styles['keys']}>{shortcutLabel(shortcut)}</kbd>}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  )
}
