import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useServices } from '../../services/use-services.ts'
import { ConfirmDialog } from '../../ui/Dialog.tsx'
import { useShowError } from '../../ui/use-show-error.ts'

/** Asks for confirmation. Shows how many unsent messages would be lost, or that their number is unknown. */
export function SignOutDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  const { session } = useServices()
  const showError = useShowError()
  const [unsent, setUnsent] = useState<number | 'unknown' | null>(null)

  useEffect(() => {
    if (!open) return undefined
    let current = true
    session.unsentCount().then(
      (count) => current && setUnsent(count),
      () => current && setUnsent('unknown'),
    )
    return () => {
      current = false
      setUnsent(null)
    }
  }, [open, session])

  const losing = typeof unsent === 'number' && unsent > 0
  return (
    <ConfirmDialog
      // Opens after the count is loaded, because the dialog must show what would be lost.
      open={open && unsent !== null}
      onClose={onClose}
      onConfirm={() => void session.signOut().catch(showError)}
      title={t('settings.signOutTitle')}
      text={
        <>
          {t('settings.signOutText')}
          {unsent === 'unknown' && <strong> {t('settings.signOutUnknown')}</strong>}
          {losing && <strong> {t('settings.signOutUnsent', { count: unsent })}</strong>}
        </>
      }
      confirmLabel={t(losing ? 'settings.signOutAnyway' : 'settings.signOut')}
      cancelLabel={t('app.cancel')}
      danger
    />
  )
}
