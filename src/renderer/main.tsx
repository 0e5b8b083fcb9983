import './app/no-eval.ts'
import '@fontsource-variable/inter/wght.css'
import './ui/global.css'
import { createRoot, type Root as ReactRoot } from 'react-dom/client'
import type { i18n as I18n } from 'i18next'
import { startServices } from './app/bootstrap.ts'
import { HelpScreen } from './app/HelpScreen.tsx'
import { startI18n } from './app/i18n.ts'
import { Root } from './app/Root.tsx'
import { Shell } from './app/Shell.tsx'
import { applySystemTheme } from './app/use-theme.ts'
import type { Services } from './services/services.ts'
import { createAppStore } from './stores/app-store.ts'
import { Button } from './ui/Button.tsx'

async function start(root: ReactRoot, i18n: I18n): Promise<void> {
  const store = createAppStore()
  const { services } = await startServices(store)
  reportStrays(services)
  root.render(<Root store={store} services={services} i18n={i18n} />)
}

/** What nobody caught goes into the log. */
function reportStrays({ app }: Services): void {
  window.addEventListener('error', (event) => app.report('stray.error', event.error))
  window.addEventListener('unhandledrejection', (event) => app.report('stray.rejection', event.reason))
}

function mount(): void {
  const element = document.getElementById('root')
  if (element === null) throw new Error('The page has no root')
  applySystemTheme()
  const i18n = startI18n()
  const root = createRoot(element)
  root.render(<Shell />)
  start(root, i18n).catch((error: unknown) => {
    root.render(
      <HelpScreen reason="stopped" message={String(error)}>
        <Button onClick={() => window.location.reload()}>{i18n.t('app.reload')}</Button>
      </HelpScreen>,
    )
  })
}

mount()
