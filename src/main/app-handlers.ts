import { app, clipboard } from 'electron'
import type { Backend } from '#shared/backend.ts'
import { platformSchema } from '#shared/bridge.ts'
import type { ChatId } from '#shared/domain/ids.ts'
import type { Handlers } from './dispatcher.ts'
import { openLink } from './links.ts'
import { showLogFolder, type Log } from './log.ts'
import type { SettingsStore } from './settings.ts'
import type { ReplicaMethod } from './store/store.ts'
import type { Verification } from './windows/verification-window.ts'

export interface AppHandlerOptions {
  backend: Backend
  log: Log
  logDirectory: string
  settings: SettingsStore
  verification: Verification
  onReady: () => void
  onReadyToQuit: () => void
  onOpenChat: (chatId: ChatId | null) => void
}

/** The bridge's methods that are not the replica's. */
export function createAppHandlers(options: AppHandlerOptions): Omit<Handlers, ReplicaMethod> {
  const { backend, log, logDirectory, settings, verification } = options
  return {
    'app.info': () => ({
      version: app.getVersion(),
      platform: platformSchema.catch('linux').parse(process.platform),
      backend,
    }),
    'app.ready': () => options.onReady(),
    'app.readyToQuit': () => options.onReadyToQuit(),
    'app.log': ({ level, event, detail }) =>
      log.write(level, `renderer: ${event}`, ...(detail ? [detail] : [])),
    'app.openLogs': () => showLogFolder(logDirectory),
    'links.open': (url) => openLink(url),
    'clipboard.write': (text) => clipboard.writeText(text),
    'verification.solve': () => verification.solve(),
    'settings.get': () => settings.get(),
    'settings.set': (patch) => settings.set(patch),
    'view.setOpenChat': (chatId) => options.onOpenChat(chatId),
  }
}
