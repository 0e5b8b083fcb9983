import { defaultSettings, type Settings, type SettingsChange } from '#shared/settings.ts'
import { useServices } from '../../services/use-services.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { useShowError } from '../../ui/use-show-error.ts'

/** Returns the settings of this device (defaults until they are loaded) and a function that changes them. */
export function useSettings(): [Settings, (patch: SettingsChange) => void] {
  const { app } = useServices()
  const showError = useShowError()
  const settings = useAppStore((state) => state.settings) ?? defaultSettings
  return [settings, (patch) => void app.updateSettings(patch).catch(showError)]
}
