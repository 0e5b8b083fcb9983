import Check from 'lucide-react/icons/check'
import CircleAlert from 'lucide-react/icons/circle-alert'
import X from 'lucide-react/icons/x'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { Button } from './Button.tsx'
import { IconButton } from './IconButton.tsx'
import styles from './Toaster.module.css'
import { dismissToast, shownToasts, subscribeToasts, type Toast } from './toasts.ts'

const SHOWN_MS = 4000
/** Errors need more time to read, and buttons more time to reach. */
const LONG_SHOWN_MS = 8000

interface ToasterLabels {
  label: string
  closeLabel: string
}

/** Shows the toasts of `notify`. Rendered once, at the root of the app. */
export function Toaster({ label, ...labels }: ToasterLabels) {
  const toasts = useSyncExternalStore(subscribeToasts, shownToasts)
  const items = (tone: Toast['tone']) =>
    toasts
      .filter((toast) => toast.tone === tone)
      .map((toast) => <ToastItem key={toast.id} toast={toast} {...labels} />)
  return (
    <div role="region" aria-label={label} className={styles['viewport']}>
      {/* Both regions stay mounted while empty: screen readers announce only what is added to an existing region. */}
      <div role="alert">{items('error')}</div>
      <div role="status">{items('info')}</div>
    </div>
  )
}

/** Closes by itself. The timer stops while the pointer or the focus is on the toast, then starts again. */
function ToastItem({ toast, closeLabel }: { toast: Toast } & Omit<ToasterLabels, 'label'>) {
  const [held, setHeld] = useState(false)
  const { action } = toast
  const isError = toast.tone === 'error'
  const shownMs = isError || action !== undefined ? LONG_SHOWN_MS : SHOWN_MS
  useEffect(() => {
    if (held) return undefined
    const timer = setTimeout(() => dismissToast(toast.id), shownMs)
    return () => clearTimeout(timer)
  }, [held, shownMs, toast.id])
  return (
    <div
      className={styles['toast']}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span aria-hidden className={isError ? styles['errorIcon'] : styles['icon']}>
        {isError ? <CircleAlert size={18} /> : <Check size={18} />}
      </span>
      <span className={styles['text']}>{toast.text}</span>
      {action !== undefined && (
        <Button
          variant="ghost"
          className={styles['action']}
          onClick={() => {
            action.run()
            dismissToast(toast.id)
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton label={closeLabel} side="top" onClick={() => dismissToast(toast.id)}>
        <X size={16} aria-hidden />
      </IconButton>
    </div>
  )
}
