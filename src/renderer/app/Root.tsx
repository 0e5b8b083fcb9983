import { CSPProvider } from '@base-ui/react/csp-provider'
import { Tooltip } from '@base-ui/react/tooltip'
import type { i18n } from 'i18next'
import { I18nextProvider } from 'react-i18next'
import type { Services } from '../services/services.ts'
import { ServicesContext } from '../services/use-services.ts'
import type { AppStore } from '../stores/app-store.ts'
import { AppStoreContext } from '../stores/use-app-store.ts'
import { Toaster } from '../ui/Toaster.tsx'
import { App } from './App.tsx'
import { FaultBoundary } from './FaultBoundary.tsx'
import { HelpActions, HelpScreen } from './HelpScreen.tsx'

interface RootProps {
  store: AppStore
  services: Services
  i18n: i18n
}

/** The app in all that it needs: its state, its services, its texts. */
export function Root({ store, services, i18n }: RootProps) {
  return (
    <I18nextProvider i18n={i18n}>
      <AppStoreContext value={store}>
        <ServicesContext value={services}>
          {/* The page's policy refuses inline style elements. */}
          <CSPProvider disableStyleElements>
            <Tooltip.Provider delay={500}>
              <FaultBoundary name="app" fallback={() => <AppFault />}>
                <App />
              </FaultBoundary>
              <Toaster label={i18n.t('app.notices')} closeLabel={i18n.t('app.close')} />
            </Tooltip.Provider>
          </CSPProvider>
        </ServicesContext>
      </AppStoreContext>
    </I18nextProvider>
  )
}

function AppFault() {
  return (
    <HelpScreen reason="stopped">
      <HelpActions />
    </HelpScreen>
  )
}
