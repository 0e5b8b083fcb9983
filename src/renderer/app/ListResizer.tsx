import { useLayoutEffect, useState, type KeyboardEvent, type PointerEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { LIST_WIDTH } from '#shared/settings.ts'
import { useServices } from '../services/use-services.ts'
import { useAppStore } from '../stores/use-app-store.ts'
import { useShowError } from '../ui/use-show-error.ts'
import styles from './ListResizer.module.css'

const KEY_STEP_PX = 10

const withinLimits = (width: number): number =>
  Math.round(Math.min(LIST_WIDTH.max, Math.max(LIST_WIDTH.min, width)))

const isRightToLeft = (element: Element): boolean => getComputedStyle(element).direction === 'rtl'

/** The line after the side pane, which sets its width: dragged, by arrow keys, or back to the usual width by a double click. */
export function ListResizer() {
  const { t } = useTranslation()
  const { app } = useServices()
  const showError = useShowError()
  const saved = useAppStore((state) => state.settings?.listWidth ?? LIST_WIDTH.usual)
  const [dragged, setDragged] = useState<number | null>(null)
  const width = dragged ?? saved
  useLayoutEffect(() => document.documentElement.style.setProperty('--list-width', `${width}px`), [width])

  const save = (next: number): void => {
    app
      .updateSettings({ listWidth: withinLimits(next) })
      .catch(showError)
      .finally(() => setDragged(null))
  }

  const onPointerDown = (event: PointerEvent<HTMLElement>): void => {
    if (event.button === 0) event.currentTarget.setPointerCapture(event.pointerId)
  }
  const onPointerMove = (event: PointerEvent<HTMLElement>): void => {
    const { currentTarget, pointerId, clientX } = event
    const list = currentTarget.previousElementSibling?.getBoundingClientRect()
    if (list === undefined || !currentTarget.hasPointerCapture(pointerId)) return
    setDragged(withinLimits(isRightToLeft(currentTarget) ? list.right - clientX : clientX - list.left))
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return
    const step = isRightToLeft(event.currentTarget) ? -KEY_STEP_PX : KEY_STEP_PX
    const widths: Readonly<Record<string, number>> = {
      ArrowRight: width + step,
      ArrowLeft: width - step,
      Home: LIST_WIDTH.min,
      End: LIST_WIDTH.max,
      Enter: LIST_WIDTH.usual,
    }
    const next = widths[event.key]
    if (next === undefined) return
    event.preventDefault()
    save(next)
  }
  return (
    <div
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={t('app.listWidth')}
      aria-valuenow={width}
      aria-valuemin={LIST_WIDTH.min}
      aria-valuemax={LIST_WIDTH.max}
      className={styles['line']}
      data-dragged={dragged !== null || undefined}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onLostPointerCapture={() => dragged !== null && save(dragged)}
      onDoubleClick={() => save(LIST_WIDTH.usual)}
      onKeyDown={onKeyDown}
    />
  )
}
