import { Toast } from '@base-ui/react/toast'

export const toasts = Toast.createToastManager()

/** Says in passing what happened; gone by itself after some seconds. `error` is read out at once. */
export function notify(text: string, tone: 'info' | 'error' = 'info'): void {
  toasts.add({ id: text, description: text, priority: tone === 'error' ? 'high' : 'low' })
}
