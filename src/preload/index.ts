import { contextBridge, ipcRenderer } from 'electron'
import type { PreloadBridge } from '#shared/bridge/index.ts'
import { BRIDGE_KEY, CALL_CHANNEL, EVENT_CHANNEL } from '#shared/bridge/channels.ts'

const bridge: PreloadBridge = {
  call: (account, method, args) => ipcRenderer.invoke(CALL_CHANNEL, account, method, args),
  listen: (listener) => {
    const onEvent = (_: unknown, event: Parameters<typeof listener>[0]): void => listener(event)
    ipcRenderer.on(EVENT_CHANNEL, onEvent)
    return () => {
      ipcRenderer.removeListener(EVENT_CHANNEL, onEvent)
    }
  },
}

contextBridge.exposeInMainWorld(BRIDGE_KEY, bridge)
