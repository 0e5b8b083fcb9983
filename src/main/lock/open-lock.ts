import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { app, powerMonitor, safeStorage, session, systemPreferences } from 'electron'
import { userIdSchema, type UserId } from '#shared/domain/ids.ts'
import type { Translate } from '../i18n.ts'
import type { Navigation } from '../links/navigation.ts'
import type { Log } from '../log/log.ts'
import type { CaptureDevices } from '../security/capture-devices.ts'
import { createKeyStore } from '../security/key-store.ts'
import type { SettingsStore } from '../settings/settings.ts'
import type { MainWindow } from '../windows/main-window.ts'
import { createAppLock, type AppLock } from './app-lock.ts'
import { LockFile } from './lock-file.ts'
import { watchLockTriggers } from './lock-triggers.ts'
import { PinGuard } from './pin-guard.ts'

export interface OpenLockOptions {
  t: Translate
  log: Log
  settings: SettingsStore
  devices: CaptureDevices
  navigation: Navigation
  window: MainWindow
  /** The folder of the replicas. */
  replicas: string
}

/** Opens the lock with the system's key store, idle time and fingerprint. `eraseAccount`: deletes all that is here of an account. */
export function openLock(
  { t, log, settings, devices, navigation, window, replicas }: OpenLockOptions,
  eraseAccount: (account: UserId) => Promise<void>,
): AppLock {
  const { microphone, camera } = devices
  const warn = (event: string, error: unknown): void => log.write('warn', event, error)
  const lock = createAppLock({
    guard: new PinGuard({
      file: new LockFile(
        join(app.getPath('userData'), 'lock.json'),
        createKeyStore(safeStorage, process.platform),
      ),
      now: () => performance.now(),
      log: warn,
    }),
    touchId: {
      isAvailable: () => process.platform === 'darwin' && systemPreferences.canPromptTouchID(),
      isWanted: () => settings.get().unlockByTouchId,
      prompt: () => systemPreferences.promptTouchID(t('lock.touchIdReason')),
    },
    send: (payload) => window.send({ account: null, name: 'lock.changed', payload }),
    hasPage: navigation.isReady,
    endPage() {
      warn('lock.not-covered', 'the page is ended')
      window.endPage()
    },
    eraseAll: (done) =>
      window.reload(async () => {
        for (const account of accountsIn(replicas)) await eraseAccount(account)
        // Who is signed in is stored by Firebase, in the storage of the page.
        await session.defaultSession.clearStorageData()
        done()
      }),
  })
  /** Until the PIN is given, no link or click is followed. A page that is covered records nothing. */
  function follow(): void {
    navigation.setHeld(lock.isLocked())
    if (!lock.isLocked()) return
    microphone.close()
    camera.close()
  }
  lock.onChange(follow)
  follow()
  watchLockTriggers({
    monitor: powerMonitor,
    after: () => settings.get().lockAfter,
    isCapturing: () => microphone.isOpen() || camera.isOpen(),
    lock: lock.lock,
  })
  return lock
}

/** The accounts that have a replica on this machine, also one that was set aside. */
function accountsIn(replicas: string): Set<UserId> {
  const names = existsSync(replicas) ? readdirSync(replicas) : []
  return new Set(names.flatMap((name) => userIdSchema.safeParse(name.split('.sqlite')[0]).data ?? []))
}
