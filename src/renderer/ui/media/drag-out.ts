import type { DragEvent } from 'react'

interface DragOutProps {
  draggable: boolean
  onDragStart: (event: DragEvent) => void
}

/** For an element that stands for a file: `start` lets main drag it out of the window. Null: the file cannot be dragged now. */
export function dragOut(start: (() => void) | null): DragOutProps {
  return {
    draggable: start !== null,
    onDragStart(event) {
      // Main drags the file itself; the page would only drag a picture of the element.
      event.preventDefault()
      start?.()
    },
  }
}
