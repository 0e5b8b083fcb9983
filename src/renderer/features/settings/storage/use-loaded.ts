import { useCallback, useEffect, useRef, useState } from 'react'

interface Loaded<T> {
  /** Null: not loaded yet. */
  value: T | null
  /** The last attempt has failed. */
  failed: boolean
  /** Loads again, and shows meanwhile what is there. */
  reload: () => void
}

export function useLoaded<T>(load: () => Promise<T>): Loaded<T> {
  const [value, setValue] = useState<T | null>(null)
  const [failed, setFailed] = useState(false)
  /** Only the newest attempt counts. */
  const attempts = useRef(0)
  const reload = useCallback(() => {
    attempts.current += 1
    const attempt = attempts.current
    load().then(
      (loaded) => {
        if (attempt !== attempts.current) return
        setValue(loaded)
        setFailed(false)
      },
      () => attempt === attempts.current && setFailed(true),
    )
  }, [load])
  useEffect(() => {
    reload()
    return () => {
      attempts.current += 1
    }
  }, [reload])
  return { value, failed, reload }
}
