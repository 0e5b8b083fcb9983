import type { WindowState } from '../settings/settings-file.ts'

export interface Area {
  x: number
  y: number
  width: number
  height: number
}

export const MIN_SIZE = { width: 360, height: 480 }
const DEFAULT_SIZE = { width: 1080, height: 760 }
/** At least this part of a window's upper edge must be visible. Otherwise the saved position is not used. */
const MIN_VISIBLE = { width: 120, height: 32 }

/** True when enough of the window's upper edge is inside the area. */
function isReachable(window: Area, area: Area): boolean {
  const width = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x)
  return (
    width >= MIN_VISIBLE.width && window.y >= area.y && window.y + MIN_VISIBLE.height <= area.y + area.height
  )
}

/**
 * Returns the bounds for a new window: the saved ones if they are reachable on a display. Otherwise the result has only a size,
 * without `x` and `y`, so that the window opens in the middle of the first display. The size is limited to the work area.
 */
export function openingBounds(saved: WindowState | null, workAreas: readonly Area[]): Partial<Area> {
  const { width, height } = saved ?? DEFAULT_SIZE
  const area = saved && workAreas.find((candidate) => isReachable(saved, candidate))
  const room = area ?? workAreas[0] ?? DEFAULT_SIZE
  const size = {
    width: Math.max(MIN_SIZE.width, Math.min(width, room.width)),
    height: Math.max(MIN_SIZE.height, Math.min(height, room.height)),
  }
  return saved && area ? { x: saved.x, y: saved.y, ...size } : size
}
