import { Toast } from '@base-ui/react/toast'
import { X } from 'lucide-react'
import { IconButton } from './IconButton.tsx'
import styles from './Toaster.module.css'
import { toasts } from './toasts.ts'

function ToastList({ closeLabel }: { closeLabel: string }) {
  const { toasts: shown } = Toast.useToastManager()
  return shown.map((toast) => (
    <Toast.Root key={toast.id} toast={toast} className={styles['toast']}>
      <Toast.Content className={styles['content']}>
        <Toast.Description className={styles['text']} />
        <Toast.Close
          render={
            <IconButton label={closeLabel} side="top">
              <X size={16} aria-hidden />
            </IconButton>
          }
        />
      </Toast.Content>
    </Toast.Root>
  ))
}

/** Where `notify` shows its texts. Once, at the root of the app. */
export function Toaster({ closeLabel, label }: { closeLabel: string; label: string }) {
  return (
    <Toast.Provider toastManager={toasts} limit={3}>
      <Toast.Portal>
        <Toast.Viewport className={styles['viewport']} aria-label={label}>
          <ToastList closeLabel={closeLabel} />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  )
}
