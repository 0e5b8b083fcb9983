import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import { watchTooltipTarget } from './tooltip-target.ts'
import styles from './TooltipHost.module.css'

/**
 * Shows the tooltips of all controls, one at a time: the control’s accessible name and its shortcut. CSS anchors it to the control. It is
 * hidden from screen readers, because they read the name anyway.
 */
export function TooltipHost() {
  const [control, setControl] = useState<HTMLElement | null>(null)
  const tooltip = useRef<HTMLDivElement>(null)
  useEffect(() => watchTooltipTarget(setControl), [])
  useLayoutEffect(() => {
    if (control === null) return undefined
    control.style.setProperty('anchor-name', '--tooltip')
    // In the top layer, above dialogs.
    tooltip.current?.showPopover()
    return () => void control.style.removeProperty('anchor-name')
  }, [control])
  if (control === null) return null
  const { tooltip: keys, tooltipSide: side } = control.dataset
  return (
    <div ref={tooltip} popover="manual" aria-hidden className={styles['tooltip']} data-side={side}>
      {control.ariaLabel}
      {keys !== '' && <kbd className={styles['keys']}>{keys}</kbd>}
    </div>
  )
}
