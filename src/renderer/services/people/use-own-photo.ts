import type { UserId } from '#shared/domain/ids.ts'
import type { Picture } from '#shared/domain/photo.ts'
import { storePhoto } from '../media/store-photo.ts'
import { useServices } from '../use-services.ts'

/** Returns a function that sets the own photo, or removes it with null. It rejects with an AppError. */
export function useSetOwnPhoto(me: UserId): (picture: Picture | null) => Promise<void> {
  const services = useServices()
  return async (picture) => {
    const photo = picture && (await storePhoto(services, { userId: me }, picture))
    await services.outbox.add({ kind: 'photo', payload: { photo } })
  }
}
