import { useEffect, useEffectEvent, useLayoutEffect, useRef, type KeyboardEvent, type PointerEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { MAX_ZOOM, moveCrop, zoomCrop, type Crop } from './crop.ts'
import styles from './Cropper.module.css'
import { drawCrop } from './picture.ts'

/** Side of the view, in CSS pixels, and of its canvas, so that it is sharp on every screen. */
const VIEW_SIDE = 288
const CANVAS_SIDE = 2 * VIEW_SIDE
/** How far an arrow key moves, as a part of the view; how much a key and a step of the wheel zoom. */
const MOVE_STEP = 0.05
const ZOOM_STEP = 0.1
const WHEEL_ZOOM = 0.002

interface CropperProps {
  bitmap: ImageBitmap
  crop: Crop
  onChange: (crop: Crop) => void
}

/** Chooses the part of a picture that a photo shows: dragging and arrow keys move it; wheel, plus, minus and the slider zoom. */
export function Cropper({ bitmap, crop, onChange }: CropperProps) {
  const { t } = useTranslation()
  const canvas = useRef<HTMLCanvasElement>(null)
  const change = { move: moving(bitmap, crop, onChange), zoom: zooming(bitmap, crop, onChange) }
  const dragged = useDrag(change.move)
  useWheel(canvas, (delta) => change.zoom(crop.zoom * (1 - delta * WHEEL_ZOOM)))
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d', { alpha: false })
    if (context != null) drawCrop(context, bitmap, crop)
  }, [bitmap, crop])

  const keys: Record<string, () => void> = {
    ArrowLeft: () => change.move({ x: -MOVE_STEP, y: 0 }),
    ArrowRight: () => change.move({ x: MOVE_STEP, y: 0 }),
    ArrowUp: () => change.move({ x: 0, y: -MOVE_STEP }),
    ArrowDown: () => change.move({ x: 0, y: MOVE_STEP }),
    '+': () => change.zoom(crop.zoom + ZOOM_STEP),
    '-': () => change.zoom(crop.zoom - ZOOM_STEP),
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const run = Object.hasOwn(keys, event.key) ? keys[event.key] : undefined
    if (run === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    run()
  }
  return (
    <div className={styles['cropper']}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- an application handles its own keys */}
      <div
        className={styles['view']}
        role="application"
        aria-label={t('photo.cropper')}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- an application handles its own keys
        tabIndex={0}
        onKeyDown={onKeyDown}
        {...dragged}
      >
        <canvas ref={canvas} className={styles['canvas']} width={CANVAS_SIDE} height={CANVAS_SIDE} />
        <span className={styles['mask']} />
      </div>
      <label className={styles['zoom']}>
        {t('photo.zoom')}
        <input
          type="range"
          min={1}
          max={MAX_ZOOM}
          step={0.01}
          value={crop.zoom}
          onChange={({ target }) => change.zoom(target.valueAsNumber)}
        />
      </label>
    </div>
  )
}

type Move = (by: { x: number; y: number }) => void

function moving(bitmap: ImageBitmap, crop: Crop, onChange: (crop: Crop) => void): Move {
  return (by) => onChange(moveCrop(bitmap, crop, by))
}

function zooming(bitmap: ImageBitmap, crop: Crop, onChange: (crop: Crop) => void): (zoom: number) => void {
  return (zoom) => onChange(zoomCrop(bitmap, crop, zoom))
}

/** The picture follows the pointer, so the square moves the other way. */
function useDrag(move: Move) {
  const last = useRef<{ x: number; y: number } | null>(null)
  const end = (): void => void (last.current = null)
  return {
    onPointerDown({ currentTarget, pointerId, clientX, clientY, button }: PointerEvent<HTMLElement>) {
      if (button !== 0) return
      currentTarget.setPointerCapture(pointerId)
      last.current = { x: clientX, y: clientY }
    },
    onPointerMove({ clientX, clientY }: PointerEvent<HTMLElement>) {
      const from = last.current
      if (from === null) return
      move({ x: (from.x - clientX) / VIEW_SIDE, y: (from.y - clientY) / VIEW_SIDE })
      last.current = { x: clientX, y: clientY }
    },
    onPointerUp: end,
    onPointerCancel: end,
  }
}

/** React's own wheel events are passive: the dialog would scroll too. */
function useWheel(target: React.RefObject<HTMLElement | null>, onWheel: (delta: number) => void): void {
  const turn = useEffectEvent(onWheel)
  useEffect(() => {
    const element = target.current
    const listener = (event: WheelEvent): void => {
      event.preventDefault()
      turn(event.deltaY)
    }
    element?.addEventListener('wheel', listener, { passive: false })
    return () => element?.removeEventListener('wheel', listener)
  }, [target])
}
