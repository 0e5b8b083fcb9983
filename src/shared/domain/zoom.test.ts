import { expect, it } from 'vitest'
import { nextZoom, USUAL_ZOOM, ZOOM_LEVELS } from './zoom.ts'

it('goes one level up or down, and stays at the ends', () => {
  expect([nextZoom(USUAL_ZOOM, 'in'), nextZoom(USUAL_ZOOM, 'out')]).toEqual([110, 90])
  expect(ZOOM_LEVELS.map((zoom) => nextZoom(zoom, 'in'))).toEqual([...ZOOM_LEVELS.slice(1), 200])
  expect(ZOOM_LEVELS.map((zoom) => nextZoom(zoom, 'out'))).toEqual([50, ...ZOOM_LEVELS.slice(0, -1)])
})
