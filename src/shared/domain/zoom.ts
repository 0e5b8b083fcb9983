/** How large the window's content is, in percent. */
export const ZOOM_LEVELS = [50, 67, 75, 80, 90, 100, 110, 125, 150, 175, 200] as const
export type Zoom = (typeof ZOOM_LEVELS)[number]
export const USUAL_ZOOM = 100 satisfies Zoom

/** Returns the next level up or down; at the ends the same one. */
export function nextZoom(zoom: Zoom, direction: 'in' | 'out'): Zoom {
  return ZOOM_LEVELS[ZOOM_LEVELS.indexOf(zoom) + (direction === 'in' ? 1 : -1)] ?? zoom
}
