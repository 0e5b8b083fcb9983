import { app, clipboard } from 'electron'
import type { Backend } from '#shared/backend.ts'
import { platformSchema } from '#shared/bridge/app.ts'
import type { Args } from '#shared/bridge/index.ts'
import type { NotificationFacts } from '#shared/bridge/notifications.ts'
import type { DeskHandlers } from '../daily-life.ts'
import type { LockHandlers } from '../lock/app-lock.ts'
import { openLink } from '../links/open-link.ts'
import { copyPng, savePng } from '../links/png-image.ts'
import { showLogFolder, type Log } from '../log/log.ts'
import type { CaptureDevices } from '../security/capture-devices.ts'
import type { ProxyService } from '../network/proxy-service.ts'
import type { SettingsStore } from '../settings/settings.ts'
import type { UpdatesService } from '../updates/open-updates.ts'
import type { Verification } from '../windows/verification-window.ts'
import type { MachineHandlers } from './dispatcher.ts'

export interface MachineHandlersOptions {
  backend: Backend
  log: Log
  logDirectory: string
  settings: SettingsStore
  devices: CaptureDevices
  lock: LockHandlers
  verification: Verification
  desk: DeskHandlers
  proxy: ProxyService
  saveDiagnostics: (args: Args<'diagnostics.save'>) => Promise<boolean>
  notifications: {
    check: () => Promise<NotificationFacts>
    test: () => Promise<'shown' | 'failed'>
    openSettings: () => Promise<boolean>
  }
  updates: Pick<UpdatesService, 'check' | 'install'>
  onReady: () => void
  onReadyToQuit: () => void
  onMayRelease: () => void
}

/** Handlers of the machine: the app, the system around it, and its settings. */
export function createMachineHandlers(options: MachineHandlersOptions): MachineHandlers {
  const { backend, log, logDirectory, settings, devices, verification, notifications, updates, proxy } =
    options
  const { microphone, camera } = devices
  return {
    'app.info': () => ({
      version: app.getVersion(),
      platform: platformSchema.catch('linux').parse(process.platform),
      backend,
    }),
    'app.ready': () => options.onReady(),
    'app.readyToQuit': () => options.onReadyToQuit(),
    'app.mayRelease': () => options.onMayRelease(),
    'app.log': ({ level, event, detail }) =>
      log.write(level, `renderer: ${event}`, ...(detail ? [detail] : [])),
    'app.openLogs': () => showLogFolder(logDirectory),
    'links.open': (url) => openLink(url),
    'clipboard.write': (text) => clipboard.writeText(text),
    'clipboard.writePng': (png) => copyPng(png),
    'png.save': (picture) => savePng(picture),
    'verification.solve': () => verification.solve(),
    'settings.get': () => settings.get(),
    'settings.set': (patch) => settings.set(patch),
    ...options.desk,
    ...options.lock,
    'proxy.password': () => proxy.passwordState(),
    'proxy.set': (change) => proxy.set(change),
    'proxy.test': (tested) => proxy.test(tested),
    'diagnostics.save': (args) => options.saveDiagnostics(args),
    'microphone.open': () => microphone.open(),
    'microphone.close': () => microphone.close(),
    'microphone.openSettings': () => microphone.openSettings(),
    'camera.open': () => camera.open(),
    'camera.close': () => camera.close(),
    'camera.openSettings': () => camera.openSettings(),
    'updates.check': () => updates.check(),
    'updates.install': () => updates.install(),
    'notifications.check': () => notifications.check(),
    'notifications.test': () => notifications.test(),
    'notifications.openSettings': () => notifications.openSettings(),
  }
}
