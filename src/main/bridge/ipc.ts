import { ipcMain, type IpcMainInvokeEvent } from 'electron'
import { CALL_CHANNEL } from '#shared/bridge/channels.ts'
import type { Answer } from '#shared/bridge/contract.ts'
import type { Dispatch } from './dispatcher.ts'

/** electron-store opens this channel for its own renderer API. It would reveal the profile's path to any page. */
const STORE_CHANNEL = 'electron-store-get-data'

/**
 * Opens the bridge: one channel, handled by `dispatch` when `isTrusted` accepts the sender. The first call loads
 * what handles it. Call it after `openSettings`, because electron-store opens STORE_CHANNEL there.
 */
export function openBridge(
  load: () => Promise<Dispatch>,
  isTrusted: (event: IpcMainInvokeEvent) => boolean,
): void {
  ipcMain.removeAllListeners(STORE_CHANNEL)
  ipcMain.handle(
    CALL_CHANNEL,
    async (event, account: unknown, method: unknown, args: unknown): Promise<Answer<unknown>> =>
      isTrusted(event)
        ? (await load())(account, method, args)
        : { ok: false, error: { code: 'forbidden', message: 'This page may not call.' } },
  )
}
