/** Opens pages in the browser, and closes pages that the host did not open. */
import type * as E from 'electron'
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { browser, openAppWindow } from './browser.ts'
import type { Protocol } from './cdp.ts'
import { host, warn } from './state.ts'

export interface OpenTarget {
  readonly targetId: string
  readonly windowId: number
  /** The URL of the page before its first navigation. */
  readonly initialUrl: string
  readonly send: <M extends keyof Protocol.CommandParameters>(
    method: M,
    params?: Protocol.CommandParameters[M],
  ) => Promise<Protocol.CommandReturnValues[M]>
  readonly on: <N extends keyof Protocol.Events>(
    event: N,
    listener: (params: Protocol.Events[N]) => void,
  ) => void
}

interface Attached {
  sessionId: string
  targetId: string
}

const pending = new Map<string, (target: Attached) => void>() // by initial URL

/** From now on every new page pauses before its first request, until the host resumes or closes it. */
export async function watchTargets(onGone: (targetId: string) => void): Promise<void> {
  const cdp = browser()
  cdp.on('Target.targetDestroyed', ({ targetId }) => onGone(targetId))
  cdp.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
    const attached = pending.get(targetInfo.url)
    pending.delete(targetInfo.url)
    if (attached) attached({ sessionId, targetId: targetInfo.targetId })
    else {
      // Another page opened this page. Resume this page before closing it, because the opener may wait for it.
      cdp.send('Runtime.runIfWaitingForDebugger', {}, sessionId).catch(() => undefined)
      cdp.send('Target.closeTarget', { targetId: targetInfo.targetId }).catch(warn)
    }
  })
  await cdp.send('Target.setDiscoverTargets', { discover: true })
  await cdp.send('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: true,
    flatten: true,
    filter: [{ type: 'page' }],
  })
}

/** Attaches to a target that the host has started. Resolves to the session. */
export async function attachTo(url: string): Promise<string> {
  const cdp = browser()
  for (;;) {
    const { targetInfos } = await cdp.send('Target.getTargets', { filter: [{}] })
    const target = targetInfos.find((info) => info.url === url)
    if (target === undefined) {
      await delay(10)
      continue
    }
    const attached = new Promise<Attached>((resolve) => pending.set(url, resolve))
    await cdp.send('Target.attachToTarget', { targetId: target.targetId, flatten: true })
    return (await attached).sessionId
  }
}

/** Opens a window with the given content size, paused before its first document. Only a real screen uses `x` and `y`. */
export async function openTarget(
  { width, height, x, y }: E.Size & Partial<E.Point>,
  browserContextId: string | undefined,
): Promise<OpenTarget> {
  const cdp = browser()
  const scheme = host.headed ? 'data:text/html,' : 'about:blank' // app windows refuse about:
  const initialUrl = `${scheme}#electron-host-${randomUUID()}`
  const attached = new Promise<Attached>((resolve) => pending.set(initialUrl, resolve))
  if (host.headed && browserContextId === undefined) openAppWindow(initialUrl)
  else {
    await cdp.send('Target.createTarget', {
      url: initialUrl,
      newWindow: true,
      width,
      height,
      ...(browserContextId !== undefined && { browserContextId }),
    })
  }
  const { sessionId, targetId } = await attached
  const { windowId } = await cdp.send('Browser.getWindowForTarget', { targetId })
  await cdp.send('Browser.setContentsSize', { windowId, width, height }).catch(warn)
  if (host.headed && x !== undefined && y !== undefined) {
    await cdp.send('Browser.setWindowBounds', { windowId, bounds: { left: x, top: y } }).catch(warn)
  }
  return {
    targetId,
    windowId,
    initialUrl,
    send: (method, params) => cdp.send(method, params, sessionId),
    on: (event, listener) => cdp.on(event, listener, sessionId),
  }
}
