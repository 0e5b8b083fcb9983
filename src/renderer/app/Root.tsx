import { CSPProvider } from '@base-ui/react/csp-provider'
import type { i18n } from 'i18next'
import { Suspense, useLayoutEffect } from 'react'
import { I18nextProvider, useTranslation } from 'react-i18next'
import { removeListSnapshot } from '../platform/list-snapshot.ts'
import type { Services } from '../services/services.ts'
import { ServicesContext } from '../services/use-services.ts'
import type { AppStore } from '../stores/app-store.ts'
import { AppStoreContext, useAppStore } from '../stores/use-app-store.ts'
import { lazyPart } from '../ui/lazy-part.ts'
import { Toaster } from '../ui/Toaster.tsx'
import { TooltipHost } from '../ui/TooltipHost.tsx'
import { App } from './App.tsx'
import { ErrorBoundary } from './ErrorBoundary.tsx'
import { HelpActions, HelpScreen } from './HelpScreen.tsx'
import { Shell } from './Shell.tsx'
import { useLockShortcut } from './use-lock-shortcut.ts'
import { useTheme } from './use-theme.ts'

const LockScreen = lazyPart(async () => (await import('../features/lock/LockScreen.tsx')).LockScreen)

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
              <Screen />
            </ErrorBoundary>
          </CSPProvider>
        </ServicesContext>
      </AppStoreContext>
    </I18nextProvider>
  )
}

/** The app, or the lock screen instead of all of it: what is not rendered cannot be seen, found or read out. */
function Screen() {
  const { t } = useTranslation()
  const lock = useAppStore((state) => state.lock)
  useTheme()
  useLockShortcut()
  if (lock === null) return <Shell />
  if (lock.locked) {
    return (
      <Suspense fallback={<Shell />}>
        <LockScreen lock={lock} />
      </Suspense>
    )
  }
  return (
    <>
      <App />
      <Toaster label={t('app.notices')} closeLabel={t('app.close')} />
      <TooltipHost />
    </>
  )
}

function AppErrorScreen() {
  // The app may have failed before it could remove it.
  useLayoutEffect(removeListSnapshot, [])
  return (
    <HelpScreen reason="stopped">
      <HelpActions />
    </HelpScreen>
  )
}
