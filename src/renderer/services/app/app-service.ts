import type { Settings } from '#shared/settings.ts'
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
  return {
    version: info.version,
    platform: info.platform,
    localBackend: info.backend.emulator !== null,
    reportAddress: info.backend.reportAddress ?? null,
    report,
    navigate(patch: Partial<Navigation>) {
      store.setState(({ navigation }) => ({ navigation: { ...navigation, ...patch } }))
    },
    reportInput() {
      store.setState({ openedByLink: false })
    },
    updateSettings(patch: Partial<Settings>) {
      return attempt(async () => {
        store.setState({ settings: await platform.call('settings.set', patch) })
      })
    },
    openLink: (url) => attempt(() => platform.call('links.open', url)),
    copyText: (text) => attempt(() => platform.call('clipboard.write', text)),
    openLogs: () => attempt(() => platform.call('app.openLogs')),
  }
}
