import { useEffect } from 'react'
import type { Sha256 } from '#shared/messages/attachment.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { useServices } from '../use-services.ts'

/** Whether a file is on this machine. Undefined: not known yet. Asks once each time a component mounts. */
export function useFileHere(sha256: Sha256): boolean | undefined {
  const { media, app } = useServices()
  useEffect(() => {
    media().then(
      (service) => service.look(sha256),
      (error: unknown) => app.report('media.load', error),
    )
  }, [media, app, sha256])
  return useAppStore(({ files }) => files.get(sha256))
}
