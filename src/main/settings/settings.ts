import Store from 'electron-store'
import type { Settings } from '#shared/settings.ts'
import { readSettingsFile, type SettingsFile, type WindowState } from './settings-file.ts'

/** Absent and undefined fields stay unchanged. */
type SettingsPatch = { [K in keyof Settings]?: Settings[K] | undefined }

export interface SettingsStore {
  get(): Settings
  /** Changes the given fields, notifies the listeners if a value changed, and returns all settings. */
  set(patch: SettingsPatch): Settings
  onChange(listener: (settings: Settings) => void): void
  windowState(): WindowState | null
  saveWindowState(state: WindowState): void
}

/** Opens settings.json in the profile folder. */
export function openSettings(): SettingsStore {
  const store = new Store<SettingsFile>({
    name: 'settings',
    defaults: readSettingsFile(''),
    deserialize: (text) => readSettingsFile(text),
  })
  // Read once: this process is the only writer.
  let settings = store.get('settings')
  const listeners: ((settings: Settings) => void)[] = []
  return {
    get: () => settings,
    set(patch) {
      const given = Object.entries(patch).filter(([, value]) => value !== undefined)
      const next: Settings = { ...settings, ...Object.fromEntries(given) }
      if (JSON.stringify(next) === JSON.stringify(settings)) return settings
      store.set('settings', next)
      settings = next
      for (const listener of listeners) listener(settings)
      return settings
    },
    onChange: (listener) => void listeners.push(listener),
    windowState: () => store.get('window'),
    saveWindowState: (state) => store.set('window', state),
  }
}
