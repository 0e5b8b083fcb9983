import './no-eval.ts'
import { createRoot, type Root as ReactRoot } from 'react-dom/client'
import type { i18n as I18n } from 'i18next'
import type { PreloadBridge } from '#shared/bridge/index.ts'
import { removeListSnapshot } from '../platform/list-snapshot.ts'
import type { Services } from '../services/services.ts'
import { createAppStore } from '../stores/app-store.ts'
import { Button } from '../ui/Button.tsx'
import { startServices } from './bootstrap.ts'
import { HelpScreen } from './HelpScreen.tsx'
import { startI18n } from './i18n.ts'
import { Root } from './Root.tsx'
import { Shell } from './Shell.tsx'

async function start(root: ReactRoot, i18n: I18n, preload: PreloadBridge | undefined): Promise<void> {
  if (preload === undefined) throw new Error('The preload bridge is missing')
  const store = createAppStore()
  const { services } = await startServices(store, preload)
  reportUncaught(services)
  root.render(<Root store={store} services={services} i18n={i18n} />)
}

/** Logs uncaught errors and unhandled promise rejections. */
function reportUncaught({ app }: Services): void {
  window.addEventListener('error', (event) => app.report('uncaught.error', event.error))
  window.addEventListener('unhandledrejection', (event) => app.report('uncaught.rejection', event.reason))
}

/** Renders the empty layout, then the app, or a help screen if the start fails. */
export function mount(preload: PreloadBridge | undefined): void {
  const element = document.getElementById('root')
  if (element === null) throw new Error('The page has no root')
  const i18n = startI18n()
  const root = createRoot(element)
  root.render(<Shell />)
  start(root, i18n, preload).catch((error: unknown) => {
    removeListSnapshot()
    root.render(
      <HelpScreen reason="stopped" message={String(error)}>
        <Button onClick={() => window.location.reload()}>{i18n.t('app.reload')}</Button>
      </HelpScreen>,
    )
  })
}
