import type { CameraAccess } from '#shared/domain/camera.ts'
import { useServices } from '../use-services.ts'

/** Linux has no settings for the camera. */
export function useCameraAccess(): CameraAccess {
  const { app, camera } = useServices()
  return { load: camera, hasSettings: app.platform !== 'linux' }
}
