import type { WindowState } from '../settings-file.ts'

export interface Area {
  x: number
  y: number
  width: number
  height: number
}

export const SMALLEST = { width: 360, height: 480 }
const USUAL = { width: 1080, height: 760 }
/** This much of a window's upper edge must be in sight, or it is moved back. */
const HANDLE = { width: 120, height: 32 }

/** Whether enough of the window's upper edge lies in the area. */
function reachable(window: Area, area: Area): boolean {
  const width = Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x)
  return width >= HANDLE.width && window.y >= area.y && window.y + HANDLE.height <= area.y + area.height
}

/**
 * Where to open the window: as remembered while it can be reached on one of the displays' work areas, else at its size, or
 * what fits, in the middle of the first (then without `x` and `y`).
 */
export function openingBounds(saved: WindowState | null, workAreas: readonly Area[]): Partial<Area> {
  const { width, height } = saved ?? USUAL
  const area = saved && workAreas.find((candidate) => reachable(saved, candidate))
  const room = area ?? workAreas[0] ?? USUAL
  const size = {
    width: Math.max(SMALLEST.width, Math.min(width, room.width)),
    height: Math.max(SMALLEST.height, Math.min(height, room.height)),
  }
  return saved && area ? { x: saved.x, y: saved.y, ...size } : size
}
