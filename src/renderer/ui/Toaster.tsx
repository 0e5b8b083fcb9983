import X from 'lucide-react/icons/x'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { IconButton } from './IconButton.tsx'
import styles from './Toaster.module.css'
import { dismissToast, shownToasts, subscribeToasts, type Toast } from './toasts.ts'

const SHOWN_MS = 6000

/** Shows the toasts of `notify`. Rendered once, at the root of the app. */
export function Toaster({ label, closeLabel }: { label: string; closeLabel: string }) {
  const toasts = useSyncExternalStore(subscribeToasts, shownToasts)
  const items = (tone: Toast['tone']) =>
    toasts
      .filter((toast) => toast.tone === tone)
      .map((toast) => <ToastItem key={toast.id} toast={toast} closeLabel={closeLabel} />)
  return (
    <div role="region" aria-label={label} className={styles['viewport']}>
      {/* Both regions stay mounted while empty: screen readers announce only what is added to an existing region. */}
      <div role="alert">{items('error')}</div>
      <div role="status">{items('info')}</div>
    </div>
  )
}

/** Closes after SHOWN_MS. The timer stops while the pointer or the focus is on the toast, then starts again. */
function ToastItem({ toast, closeLabel }: { toast: Toast; closeLabel: string }) {
  const [held, setHeld] = useState(false)
  useEffect(() => {
    if (held) return undefined
    const timer = setTimeout(() => dismissToast(toast.id), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [held, toast.id])
  return (
    <div
      className={styles['toast']}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span className={styles['text']}>{toast.text}</span>
      <IconButton label={closeLabel} side="top" onClick={() => dismissToast(toast.id)}>
        <X size={16} aria-hidden />
      </IconButton>
    </div>
  )
}
