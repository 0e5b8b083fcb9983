import { AlertDialog } from '@base-ui/react/alert-dialog'
import { Dialog as BaseDialog } from '@base-ui/react/dialog'
import clsx from 'clsx'
import X from 'lucide-react/icons/x'
import { useRef, type ReactNode, type RefObject } from 'react'
import { Button } from './Button.tsx'
import styles from './Dialog.module.css'
import { IconButton } from './IconButton.tsx'

interface DialogProps {
  open: boolean
  onClose: () => void
  title: string
  closeLabel: string
  /** For two columns of content. */
  wide?: boolean
  /** What gets the focus first, if it is shown then. */
  initialFocus?: RefObject<HTMLElement | null>
  children: ReactNode
}

export function Dialog({
  open,
  onClose,
  title,
  closeLabel,
  wide = false,
  initialFocus,
  children,
}: DialogProps) {
  // The popup gets the initial focus. With the focus on the close button, its tooltip would open with the dialog.
  const popup = useRef<HTMLDivElement>(null)
  return (
    <BaseDialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className={styles['backdrop']} />
        <BaseDialog.Popup
          ref={popup}
          initialFocus={() => initialFocus?.current ?? popup.current}
          className={clsx(styles['popup'], wide && styles['wide'])}
        >
          <div className={styles['head']}>
            <BaseDialog.Title className={styles['title']}>{title}</BaseDialog.Title>
            <BaseDialog.Close
              render={
                <IconButton label={closeLabel}>
                  <X size={18} aria-hidden />
                </IconButton>
              }
            />
          </div>
          {children}
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  )
}

interface ConfirmDialogProps {
  open: boolean
  onClose: () => void
  onConfirm: () => void
  title: string
  text: ReactNode
  confirmLabel: string
  cancelLabel: string
  danger?: boolean
}

/** Asks for confirmation before an action that is hard to undo. */
export function ConfirmDialog({
  open,
  onClose,
  onConfirm,
  title,
  text,
  confirmLabel,
  cancelLabel,
  danger = false,
}: ConfirmDialogProps) {
  return (
    <AlertDialog.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className={styles['backdrop']} />
        <AlertDialog.Popup className={styles['popup']}>
          <AlertDialog.Title className={styles['title']}>{title}</AlertDialog.Title>
          <AlertDialog.Description className={styles['text']}>{text}</AlertDialog.Description>
          <div className={styles['actions']}>
            <AlertDialog.Close render={<Button>{cancelLabel}</Button>} />
            <AlertDialog.Close
              onClick={onConfirm}
              render={<Button variant={danger ? 'danger' : 'primary'}>{confirmLabel}</Button>}
            />
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  )
}
