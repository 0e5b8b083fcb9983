import { CSPProvider } from '@base-ui/react/csp-provider'
import type { i18n } from 'i18next'
import { I18nextProvider } from 'react-i18next'
import type { Services } from '../services/services.ts'
import { ServicesContext } from '../services/use-services.ts'
import type { AppStore } from '../stores/app-store.ts'
import { AppStoreContext } from '../stores/use-app-store.ts'
import { Toaster } from '../ui/Toaster.tsx'
import { TooltipHost } from '../ui/TooltipHost.tsx'
import { App } from './App.tsx'
import { ErrorBoundary } from './ErrorBoundary.tsx'
import { HelpActions, HelpScreen } from './HelpScreen.tsx'

interface RootProps {
  store: AppStore
  services: Services
  i18n: i18n
}

/** Provides the store, the services and the texts to the app. */
export function Root({ store, services, i18n }: RootProps) {
  return (
    <I18nextProvider i18n={i18n}>
      <AppStoreContext value={store}>
        <ServicesContext value={services}>
          {/* The content security policy blocks inline style elements. */}
          <CSPProvider disableStyleElements>
            <ErrorBoundary name="app" fallback={() => <AppErrorScreen />}>
              <App />
            </ErrorBoundary>
            <Toaster label={i18n.t('app.notices')} closeLabel={i18n.t('app.close')} />
            <TooltipHost />
          </CSPProvider>
        </ServicesContext>
      </AppStoreContext>
    </I18nextProvider>
  )
}

function AppErrorScreen() {
  return (
    <HelpScreen reason="stopped">
      <HelpActions />
    </HelpScreen>
  )
}
