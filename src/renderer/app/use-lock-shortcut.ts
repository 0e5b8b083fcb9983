import { useEffect, useEffectEvent } from 'react'
import { useServices } from '../services/use-services.ts'
import { useAppStoreApi } from '../stores/use-app-store.ts'
import { runShortcut, type Commands } from '../ui/shortcuts.ts'
import { useShowError } from '../ui/use-show-error.ts'

/** Locks from anywhere, also out of a menu or dialog. Without a PIN, shows where one is set. */
export function useLockShortcut(): void {
  const { app, lock } = useServices()
  const store = useAppStoreApi()
  const showError = useShowError()
  const run = useEffectEvent((event: KeyboardEvent) => {
    const commands: Commands<'app'> = {
      lock() {
        const { lock: state, session } = store.getState()
        if (state?.hasPin === true)
          lock()
            .then((service) => service.lock())
            .catch(showError)
        else if (session.phase === 'ready') app.navigate({ pane: 'settings', settingsSection: 'privacy' })
      },
    }
    runShortcut(event, commands)
  })
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => run(event)
    window.addEventListener('keydown', onKeyDown, { capture: true })
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true })
  }, [])
}
