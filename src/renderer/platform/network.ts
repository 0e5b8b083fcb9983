/** Network state as the operating system reports it. */
export interface NetworkStatus {
  isUp(): boolean
  /** Calls `listener` on every change. Returns a function that removes it. */
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
