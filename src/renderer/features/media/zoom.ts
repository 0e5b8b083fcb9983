export interface Size {
  width: number
  height: number
}

/** How a picture is placed: enlarged `scale` times around its middle, which is `x` and `y` px away from the middle of the stage. */
export interface View {
  scale: number
  x: number
  y: number
}

const MAX_SCALE = 8
export const WHOLE: View = { scale: 1, x: 0, y: 0 }

/** The size at which all of a picture fits into the stage. A small one keeps its size. `turned`: by a quarter. */
export function fitted({ width, height }: Size, stage: Size, turned = false): Size {
  const across = turned ? height : width
  const down = turned ? width : height
  const scale = Math.min(1, stage.width / across, stage.height / down)
  return { width: width * scale, height: height * scale }
}

/**
 * Enlarges by a factor. What is at the point stays there, where the edges of the picture allow it. `point`: px from the middle of the
 * stage. `picture`: its size while all of it is shown, as it lies on the stage.
 */
export function zoomed(
  view: View,
  factor: number,
  at: { point: { x: number; y: number }; picture: Size; stage: Size },
): View {
  const scale = Math.min(MAX_SCALE, Math.max(1, view.scale * factor))
  const ratio = scale / view.scale
  const x = at.point.x - (at.point.x - view.x) * ratio
  const y = at.point.y - (at.point.y - view.y) * ratio
  return bounded({ scale, x, y }, at.picture, at.stage)
}

/** Moves the picture, but not past its edges. */
export function panned(view: View, by: { x: number; y: number }, picture: Size, stage: Size): View {
  return bounded({ ...view, x: view.x + by.x, y: view.y + by.y }, picture, stage)
}

function bounded(view: View, picture: Size, stage: Size): View {
  const limit = (length: number, room: number): number => Math.max(0, (length * view.scale - room) / 2)
  const within = (value: number, most: number): number => Math.min(most, Math.max(-most, value)) || 0
  return {
    scale: view.scale,
    x: within(view.x, limit(picture.width, stage.width)),
    y: within(view.y, limit(picture.height, stage.height)),
  }
}
