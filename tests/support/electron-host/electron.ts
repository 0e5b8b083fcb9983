/** Replaces the `electron` module of the main process. It has only what the app uses. */
import { app, becomeReady, untilExit } from './app.ts'
import { BrowserWindow } from './browser-window.ts'
import { startBrowser } from './browser.ts'
import { ipcMain } from './ipc-main.ts'
import { Menu, MenuItem } from './menu.ts'
import { serveOwnSchemes } from './requests.ts'
import { safeStorage } from './safe-storage.ts'
import { net, ownSchemes, protocol, session, Session } from './session.ts'
import { host, warn } from './state.ts'
import {
  autoUpdater,
  clipboard,
  ClipboardItem,
  dialog,
  globalShortcut,
  nativeImage,
  nativeTheme,
  Notification,
  powerMonitor,
  screen,
  shell,
  systemPreferences,
  Tray,
} from './system.ts'
import { watchTargets } from './targets.ts'
import { WebContents } from './web-contents.ts'

export const electron = {
  app,
  autoUpdater,
  BrowserWindow,
  clipboard,
  ClipboardItem,
  dialog,
  globalShortcut,
  ipcMain,
  Menu,
  MenuItem,
  nativeImage,
  nativeTheme,
  net,
  Notification,
  powerMonitor,
  protocol,
  safeStorage,
  screen,
  session,
  Session,
  shell,
  systemPreferences,
  Tray,
  webContents: WebContents,
}

/** Call it after the app's main was loaded. Starts the browser, emits `ready`, and resolves when the app has exited. */
export async function run(): Promise<void> {
  if (host.exiting || host.quitting) return untilExit()
  const port = await serveOwnSchemes()
  const hostRules = [...ownSchemes].map((scheme) => `MAP *.${scheme}.localhost:80 127.0.0.1:${port}`)
  const line = await startBrowser(app.getPath('userData'), hostRules.join(','), () => {
    warn('Chromium has exited')
    app.exit(host.headed ? 0 : 1)
  })
  await watchTargets((targetId) => WebContents.fromDevToolsTargetId(targetId)?.markDestroyed())
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => app.quit())
  process.stderr.write(`${line}\n`) // Playwright connects now
  await becomeReady()
}
