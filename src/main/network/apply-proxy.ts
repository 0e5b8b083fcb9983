import { app, session } from 'electron'
import type { Proxy } from '#shared/proxy.ts'
import { chromiumProxy } from './routes.ts'

/** Gives the proxy to the page's session before its first request. Not needed for `system`, which Chromium begins with. */
export async function applyProxy(proxy: Proxy): Promise<void> {
  const config = chromiumProxy(proxy)
  await Promise.all([session.defaultSession.setProxy(config), app.setProxy(config)])
}
