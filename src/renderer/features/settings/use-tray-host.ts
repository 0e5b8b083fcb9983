import { useCallback } from 'react'
import { useServices } from '../../services/use-services.ts'
import { useLoaded } from './storage/use-loaded.ts'

/** Whether something shows the tray icon; null: not known, or not yet. */
export function useTrayHost(): boolean | null {
  const { notifications } = useServices()
  const load = useCallback(async () => (await (await notifications()).check()).trayHost, [notifications])
  return useLoaded(load).value
}
