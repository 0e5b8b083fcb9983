import { useEffect, useState } from 'react'
import { useServices } from '../../services/use-services.ts'

/** Whether something shows the tray icon; null: not known, or not yet. */
export function useTrayHost(): boolean | null {
  const services = useServices()
  const [host, setHost] = useState<boolean | null>(null)
  useEffect(() => {
    let stopped = false
    services
      .notifications()
      .then((notifications) => notifications.check())
      .then(
        ({ trayHost }) => {
          if (!stopped) setHost(trayHost)
        },
        // The usual words stay.
        () => undefined,
      )
    return () => {
      stopped = true
    }
  }, [services])
  return host
}
