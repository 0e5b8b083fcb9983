import { useTranslation } from 'react-i18next'
import { isolated } from '#shared/domain/display-text.ts'
import { ConfirmDialog } from './Dialog.tsx'

interface BlockDialogProps {
  /** The displayed name of the person. */
  name: string
  open: boolean
  onClose: () => void
  onConfirm: () => void
}

/** Asks before a person is blocked. */
export function BlockDialog({ name, ...rest }: BlockDialogProps) {
  const { t } = useTranslation()
  return (
    <ConfirmDialog
      {...rest}
      title={t('people.blockTitle', { name: isolated(name) })}
      text={t('people.blockText')}
      confirmLabel={t('people.block')}
      cancelLabel={t('app.cancel')}
      danger
    />
  )
}
