import { shell } from 'electron'

/** Where the system lets the person choose the apps that may notify. Linux has no common place. */
const SETTINGS: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'x-apple.systempreferences:com.apple.Notifications-Settings.extension',
  win32: 'ms-settings:notifications',
}

/** Returns false where there is no such place. */
export async function openNotificationSettings(platform: NodeJS.Platform): Promise<boolean> {
  const url = SETTINGS[platform]
  if (url === undefined) return false
  await shell.openExternal(url)
  return true
}
