import { parseInvite } from '#shared/domain/invite.ts'
import type { SettingsChange } from '#shared/settings.ts'
import type { Result } from '#shared/bridge/index.ts'
import type { Platform } from '../../platform/bridge.ts'
import type { AppStore, Navigation } from '../../stores/app-store.ts'
import { attempt } from './errors.ts'
import type { Report } from './report.ts'
import type { AppService } from '../services.ts'

export interface AppOptions {
  platform: Platform
  store: AppStore
  info: Result<'app.info'>
  report: Report
}

export function createAppService({ platform, store, info, report }: AppOptions): AppService {
  const navigate = (patch: Partial<Navigation>): void =>
    store.setState(({ navigation }) => ({ navigation: { ...navigation, ...patch } }))
  return {
    version: info.version,
    platform: info.platform,
    localBackend: info.backend.emulator !== null,
    reportAddress: info.backend.reportAddress ?? null,
    report,
    navigate,
    reportInput() {
      store.setState({ openedByLink: false })
    },
    updateSettings(patch: SettingsChange) {
      return attempt(async () => {
        store.setState({ settings: await platform.call('settings.set', patch) })
      })
    },
    openLink: (url) =>
      attempt(async () => {
        const invite = parseInvite(url, info.backend.inviteDomain)
        if (invite === null) await platform.call('links.open', url)
        else navigate({ invite })
      }),
    copyText: (text) => attempt(() => platform.call('clipboard.write', text)),
    copyPng: (png) => attempt(() => platform.call('clipboard.writePng', png)),
    savePng: (png, name) => attempt(() => platform.call('png.save', { png, name })),
    shortcutState: () => attempt(() => platform.call('shortcut.state')),
    pauseShortcut: (paused) => attempt(() => platform.call('shortcut.pause', paused)),
    readSpelling: () => attempt(() => platform.call('spelling.read')),
    saveDiagnostics: () =>
      attempt(() => {
        const { session: state, connection } = store.getState()
        const account = state.phase === 'ready' ? state.me : null
        return platform.call('diagnostics.save', { account, connection })
      }),
    openLogs: () => attempt(() => platform.call('app.openLogs')),
    checkForUpdate: () => attempt(() => platform.call('updates.check')),
    installUpdate: () => attempt(() => platform.call('updates.install')),
  }
}
