import type { DesktopOptions } from '../desktop.ts'
import type { Media } from '../media/media.ts'
import type { Power } from '../power/power.ts'
import type { PushService } from '../push/push-service.ts'
import { createTrayLite, type TrayLite } from './tray-lite.ts'

export function openTrayLite(
  { backend, settings, window, devices }: DesktopOptions,
  { media, push, power }: { media: Media; push: PushService; power: Power },
): TrayLite {
  return createTrayLite({
    pace: backend.emulator?.push?.pace ?? 1,
    after: () => minutes(settings.get().releaseAfter),
    isPushHealthy: () => push.isHealthy(),
    isBusy: () => media.isUploading() || devices.microphone.isOpen() || devices.camera.isOpen(),
    page: {
      isOpen: window.isOpen,
      isVisible: window.isVisible,
      hasCrashed: window.hasCrashed,
      open: () => void window.open(),
      setBackground: power.setBackground,
      askToRelease: () => window.send({ account: null, name: 'page.release', payload: {} }),
      release: window.release,
    },
  })
}

/** In ms. */
const minutes = (count: number | null): number | null => (count === null ? null : count * 60_000)
