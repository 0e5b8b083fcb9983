import { shell, systemPreferences } from 'electron'

/** What the page can record with, each only while it says so: a voice note, a photo. */
export type CaptureKind = 'microphone' | 'camera'

export interface CaptureDevice {
  isOpen(): boolean
  /** On a Mac this asks the person the first time. */
  open(): Promise<'granted' | 'denied'>
  close(): void
  /** Opens the system's privacy settings. False: this system has none for the device. */
  openSettings(): Promise<boolean>
}

export type CaptureDevices = Readonly<Record<CaptureKind, CaptureDevice>>

/** Where the system lets the person choose the apps that may use the device. */
const SETTINGS: Readonly<Record<CaptureKind, Partial<Record<NodeJS.Platform, string>>>> = {
  microphone: {
    darwin: 'x-apple.systempreferences:com.apple.preference.security?Privacy_Microphone',
    win32: 'ms-settings:privacy-microphone',
  },
  camera: {
    darwin: 'x-apple.systempreferences:com.apple.preference.security?Privacy_Camera',
    win32: 'ms-settings:privacy-webcam',
  },
}

/** Whether the system lets the app use the device. Linux has no such setting. */
async function systemAllows(kind: CaptureKind, platform: NodeJS.Platform): Promise<boolean> {
  if (platform === 'darwin') return systemPreferences.askForMediaAccess(kind)
  if (platform === 'win32') return systemPreferences.getMediaAccessStatus(kind) !== 'denied'
  return true
}

export function createCaptureDevices(platform: NodeJS.Platform = process.platform): CaptureDevices {
  return { microphone: createDevice('microphone', platform), camera: createDevice('camera', platform) }
}

function createDevice(kind: CaptureKind, platform: NodeJS.Platform): CaptureDevice {
  let isOpen = false
  /** False: it was closed, perhaps while the system still asks the person. */
  let isWanted = false
  return {
    isOpen: () => isOpen,
    async open() {
      isWanted = true
      const allowed = await systemAllows(kind, platform)
      isOpen = allowed && isWanted
      return allowed ? 'granted' : 'denied'
    },
    close() {
      isWanted = false
      isOpen = false
    },
    async openSettings() {
      const url = SETTINGS[kind][platform]
      if (url === undefined) return false
      await shell.openExternal(url)
      return true
    },
  }
}
