/** Whether this machine has a network at all, as far as the system knows. */
export interface NetworkStatus {
  isUp(): boolean
  /** Calls at every change; returns how to stop. */
  watch(listener: () => void): () => void
}

export const pageNetwork: NetworkStatus = {
  isUp: () => navigator.onLine,
  watch(listener) {
    window.addEventListener('online', listener)
    window.addEventListener('offline', listener)
    return () => {
      window.removeEventListener('online', listener)
      window.removeEventListener('offline', listener)
    }
  },
}
