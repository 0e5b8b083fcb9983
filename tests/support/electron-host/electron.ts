/** The stand-in for the `electron` module of the main process: what the app uses of it. */
import { app, becomeReady, untilExit } from './app.ts'
import { BrowserWindow } from './browser-window.ts'
import { startBrowser } from './browser.ts'
import { ipcMain } from './ipc-main.ts'
import { Menu, MenuItem } from './menu.ts'
import { serveOwnSchemes } from './requests.ts'
import { net, ownSchemes, protocol, session, Session } from './session.ts'
import { host, warn } from './state.ts'
import {
  clipboard,
  dialog,
  nativeImage,
  nativeTheme,
  Notification,
  powerMonitor,
  screen,
  shell,
  Tray,
} from './system.ts'
import { watchTargets } from './targets.ts'
import { WebContents } from './web-contents.ts'

export const electron = {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  MenuItem,
  nativeImage,
  nativeTheme,
  net,
  Notification,
  powerMonitor,
  protocol,
  screen,
  session,
  Session,
  shell,
  Tray,
  webContents: WebContents,
}

/** After the app's main has been loaded: starts the browser, tells the app that it is ready, and runs until it exits. */
export async function run(): Promise<void> {
  if (host.exiting || host.quitting) return untilExit()
  const port = await serveOwnSchemes()
  const names = [...ownSchemes].map((scheme) => `MAP *.${scheme}.localhost:80 127.0.0.1:${port}`)
  const line = await startBrowser(app.getPath('userData'), names.join(','), () => {
    warn('Chromium is gone')
    app.exit(host.headed ? 0 : 1)
  })
  await watchTargets((targetId) => WebContents.fromDevToolsTargetId(targetId)?.gone())
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => app.quit())
  process.stderr.write(`${line}\n`) // Playwright connects now
  await becomeReady()
}
