import { lazy, Suspense } from 'react'
import { useAppStore } from '../stores/use-app-store.ts'
import { HelpActions } from './FaultNotice.tsx'
import { HelpScreen } from './HelpScreen.tsx'
import { Messenger } from './Messenger.tsx'
import { Shell } from './Shell.tsx'
import { useTheme } from './use-theme.ts'

const Auth = lazy(async () => ({ default: (await import('../features/auth/Auth.tsx')).Auth }))
const NameForm = lazy(async () => ({ default: (await import('../features/auth/NameForm.tsx')).NameForm }))

/** What the session's phase asks for. */
export function App() {
  const session = useAppStore((state) => state.session)
  useTheme()
  switch (session.phase) {
    case 'starting':
      return <Shell />
    case 'signedOut':
      return (
        <Suspense fallback={<Shell />}>
          <Auth />
        </Suspense>
      )
    case 'needsProfile':
      return (
        <Suspense fallback={<Shell />}>
          <NameForm />
        </Suspense>
      )
    case 'ready':
      return <Messenger me={session.me} phone={session.phone} />
    case 'broken':
      return (
        <HelpScreen reason="broken" message={session.message}>
          <HelpActions />
        </HelpScreen>
      )
  }
}
