import { app } from 'electron'
import { BridgeError } from '../../bridge/bridge-error.ts'
import type { Network } from '../../network/network.ts'
import type { SettingsStore } from '../../settings/settings.ts'
import type { LinkPreviews } from './link-previews.ts'

/** The previews of this app. Their code is loaded with the first one. */
export function openLinkPreviews(
  settings: Pick<SettingsStore, 'get'>,
  network: Pick<Network, 'isDirect'>,
): LinkPreviews {
  let loading: Promise<LinkPreviews> | undefined
  return {
    async fetch(account, url) {
      if (!settings.get().linkPreviews) throw new BridgeError('refused', 'link previews are turned off')
      return (await (loading ??= load(network))).fetch(account, url)
    },
  }
}

async function load({ isDirect }: Pick<Network, 'isDirect'>): Promise<LinkPreviews> {
  const [{ createLinkPreviews }, { systemResolve }] = await Promise.all([
    import('./link-previews.ts'),
    import('./web-request.ts'),
  ])
  return createLinkPreviews({ resolve: systemResolve, isDirect, testOrigin: testOrigin() })
}

/** For tests, whose web server is on this machine. A packaged app reaches no such server. */
function testOrigin(): string | null {
  return app.isPackaged ? null : (process.env['PERCH_PREVIEW_TEST_ORIGIN'] ?? null)
}
