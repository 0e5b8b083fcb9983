import { lazy, Suspense, useLayoutEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { removeListSnapshot } from '../platform/list-snapshot.ts'
import { useAppStore } from '../stores/use-app-store.ts'
import { Button } from '../ui/Button.tsx'
import { HelpActions, HelpScreen } from './HelpScreen.tsx'
import { Messenger } from './Messenger.tsx'
import { Shell } from './Shell.tsx'

const Auth = lazy(async () => ({ default: (await import('../features/auth/Auth.tsx')).Auth }))
const SignOutDialog = lazy(async () => ({
  default: (await import('../features/settings/SignOutDialog.tsx')).SignOutDialog,
}))
const NameForm = lazy(async () => ({ default: (await import('../features/auth/NameForm.tsx')).NameForm }))

/** Offered when the replica cannot be opened. Signing out deletes the replica: what was not sent yet is lost. */
function SignOut() {
  const { t } = useTranslation()
  const [confirming, setConfirming] = useState(false)
  return (
    <>
      <Button onClick={() => setConfirming(true)}>{t('settings.signOut')}</Button>
      <Suspense fallback={null}>
        {confirming && <SignOutDialog open onClose={() => setConfirming(false)} />}
      </Suspense>
    </>
  )
}

/** Shows the screen for the current phase of the session. */
export function App() {
  const session = useAppStore((state) => state.session)
  useLayoutEffect(() => {
    if (session.phase !== 'starting') removeListSnapshot()
  }, [session.phase])
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
          <NameForm me={session.me} />
        </Suspense>
      )
    case 'ready':
      return <Messenger me={session.me} phone={session.phone} />
    case 'broken':
      return (
        <HelpScreen reason="broken" message={session.message}>
          <HelpActions />
          <SignOut />
        </HelpScreen>
      )
  }
}
