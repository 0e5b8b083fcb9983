import { shell, systemPreferences } from 'electron'

/** The microphone, which the page can use only while it records a voice note. */
export interface Microphone {
  isOpen(): boolean
  /** On a Mac this asks the person the first time. */
  open(): Promise<'granted' | 'denied'>
  close(): void
  /** Opens the system's privacy settings. False: this system has none for the microphone. */
  openSettings(): Promise<boolean>
}

/** Where the system lets the person choose the apps that may use the microphone. */
const SETTINGS: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'x-apple.systempreferences:com.apple.preference.security?Privacy_Microphone',
  win32: 'ms-settings:privacy-microphone',
}

/** Whether the system lets the app use the microphone. Linux has no such setting. */
async function systemAllows(platform: NodeJS.Platform): Promise<boolean> {
  if (platform === 'darwin') return systemPreferences.askForMediaAccess('microphone')
  if (platform === 'win32') return systemPreferences.getMediaAccessStatus('microphone') !== 'denied'
  return true
}

export function createMicrophone(platform: NodeJS.Platform = process.platform): Microphone {
  let isOpen = false
  return {
    isOpen: () => isOpen,
    async open() {
      isOpen = await systemAllows(platform)
      return isOpen ? 'granted' : 'denied'
    },
    close() {
      isOpen = false
    },
    async openSettings() {
      const url = SETTINGS[platform]
      if (url === undefined) return false
      await shell.openExternal(url)
      return true
    },
  }
}
