import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react'
import { fitted, panned, WHOLE, zoomed, type Size, type View } from './zoom.ts'

/** One press of a key or a button. */
export const ZOOM_STEP = 1.5
/** How much one px of the wheel enlarges, as an exponent. */
const WHEEL_RATE = 0.002
/** A wheel that turns by lines: px of a line. */
const LINE_PX = 40

interface Zoom {
  view: View
  /** The picture at scale 1, before it is turned. */
  size: Size
  isWhole: boolean
  zoomBy: (factor: number) => void
  /** Shows the whole picture. */
  reset: () => void
  /** For the stage: the wheel zooms to the pointer, dragging pans. */
  handlers: {
    onPointerDown: (event: PointerEvent<HTMLElement>) => void
    onPointerMove: (event: PointerEvent<HTMLElement>) => void
    onPointerUp: () => void
    onPointerCancel: () => void
    onDoubleClick: (event: { clientX: number; clientY: number }) => void
  }
}

/** Zooming and panning of one picture on the stage. `turned`: the picture lies on its side. */
export function useZoom(stage: RefObject<HTMLElement | null>, picture: Size, turned: boolean): Zoom {
  const room = useSize(stage)
  const [view, setView] = useState(WHOLE)
  const dragged = useRef<{ x: number; y: number } | null>(null)
  const size = fitted(picture, room, turned)
  const lying = turned ? { width: size.height, height: size.width } : size

  const zoomAt = (factor: number, point: { x: number; y: number }): void =>
    setView((before) => zoomed(before, factor, { point, picture: lying, stage: room }))
  const pointOf = ({ clientX, clientY }: { clientX: number; clientY: number }) => {
    const box = stage.current?.getBoundingClientRect() ?? new DOMRect()
    return { x: clientX - box.left - box.width / 2, y: clientY - box.top - box.height / 2 }
  }

  const onWheel = (event: WheelEvent): void => {
    event.preventDefault()
    const turn = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? event.deltaY * LINE_PX : event.deltaY
    zoomAt(Math.exp(-turn * WHEEL_RATE), pointOf(event))
  }
  const latest = useRef(onWheel)
  useEffect(() => {
    latest.current = onWheel
  })
  useEffect(() => {
    const element = stage.current
    // React listens passively: it could not keep the page from zooming on a pinch.
    const listener = (event: WheelEvent): void => latest.current(event)
    element?.addEventListener('wheel', listener, { passive: false })
    return () => element?.removeEventListener('wheel', listener)
  }, [stage])

  const stop = (): void => {
    dragged.current = null
  }
  return {
    view,
    size,
    isWhole: view.scale === 1,
    zoomBy: (factor) => zoomAt(factor, { x: 0, y: 0 }),
    reset: () => setView(WHOLE),
    handlers: {
      onPointerDown(event) {
        if (event.button !== 0 || view.scale === 1) return
        event.currentTarget.setPointerCapture(event.pointerId)
        dragged.current = { x: event.clientX, y: event.clientY }
      },
      onPointerMove({ clientX, clientY }) {
        const from = dragged.current
        if (from === null) return
        dragged.current = { x: clientX, y: clientY }
        setView((before) => panned(before, { x: clientX - from.x, y: clientY - from.y }, lying, room))
      },
      onPointerUp: stop,
      onPointerCancel: stop,
      onDoubleClick: (event) => (view.scale === 1 ? zoomAt(ZOOM_STEP ** 2, pointOf(event)) : setView(WHOLE)),
    },
  }
}

/** The size of the element, in px. */
function useSize(element: RefObject<HTMLElement | null>): Size {
  const [size, setSize] = useState<Size>({ width: window.innerWidth, height: window.innerHeight })
  useEffect(() => {
    if (element.current === null) return undefined
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setSize({ width: entry.contentRect.width, height: entry.contentRect.height })
    })
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [element])
  return size
}
