import { useEffect, useEffectEvent } from 'react'
import { FULL_MIME, fullPicture, type Photo } from '#shared/domain/photo.ts'
import type { Place } from '#shared/domain/place.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { useServices } from '../use-services.ts'
import { useFileHere } from './use-file-here.ts'

/** Fetches the full picture of a photo. `url` is null until it is on this machine. */
export function useFullPicture(place: Place, photo: Photo): { url: string | null; failed: boolean } {
  const { media, mediaUrl, app } = useServices()
  const isHere = useFileHere(photo.sha256)
  const failed = useAppStore(({ transfers }) => transfers.get(photo.object)?.state === 'failed')
  const download = useEffectEvent(() => {
    media().then(
      (service) => service.download(place, fullPicture(photo)),
      (error: unknown) => app.report('media.load', error),
    )
  })
  useEffect(() => {
    if (isHere === false) download()
  }, [isHere])
  return { url: isHere === true ? mediaUrl(photo.sha256, FULL_MIME) : null, failed }
}
