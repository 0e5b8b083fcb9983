import type { WebContents } from 'electron'
import { nextZoom } from '#shared/domain/zoom.ts'
import type { SettingsStore } from '../settings/settings.ts'

type ZoomSettings = Pick<SettingsStore, 'get' | 'set'>

/** One step larger or smaller, also in the settings. */
export function stepZoom(settings: ZoomSettings, direction: 'in' | 'out'): void {
  settings.set({ zoom: nextZoom(settings.get().zoom, direction) })
}

export function applyZoom(contents: WebContents, settings: Pick<ZoomSettings, 'get'>): void {
  contents.setZoomFactor(settings.get().zoom / 100)
}

/** Shows the page in the size of the settings, after each load, and follows Ctrl with the wheel. */
export function followZoom(contents: WebContents, settings: ZoomSettings): void {
  contents.on('did-navigate', () => applyZoom(contents, settings))
  contents.on('zoom-changed', (_event, direction) => stepZoom(settings, direction))
}
