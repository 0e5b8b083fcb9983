import { ipcMain, type IpcMainInvokeEvent } from 'electron'
import { CALL_CHANNEL } from '#shared/bridge-channels.ts'
import type { Answer } from '#shared/bridge.ts'
import type { Dispatch } from './dispatcher.ts'

/** Opened by electron-store for renderers of its own; it would tell anyone who asks where the profile lies. */
const STORE_CHANNEL = 'electron-store-get-data'

/**
 * Opens the bridge: one channel, answered by `dispatch` when `isTrusted` says that the sender is our page.
 * Call it after the settings store has been opened.
 */
export function openBridge(dispatch: Dispatch, isTrusted: (event: IpcMainInvokeEvent) => boolean): void {
  ipcMain.removeAllListeners(STORE_CHANNEL)
  ipcMain.handle(
    CALL_CHANNEL,
    (event, method: unknown, args: unknown): Promise<Answer<unknown>> | Answer<never> =>
      isTrusted(event)
        ? dispatch(method, args)
        : { ok: false, error: { code: 'forbidden', message: 'This page may not call.' } },
  )
}
