import { useCallback, useEffect, useState } from 'react'

/** Counts down from `seconds` to 0; `restart` starts again. `left` is in whole seconds. */
export function useCountdown(seconds: number): { left: number; restart: () => void } {
  const [endsAt, setEndsAt] = useState(() => Date.now() + seconds * 1000)
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(Date.now())
      if (Date.now() >= endsAt) clearInterval(timer)
    }, 1000)
    return () => clearInterval(timer)
  }, [endsAt])
  const restart = useCallback(() => {
    setNow(Date.now())
    setEndsAt(Date.now() + seconds * 1000)
  }, [seconds])
  return { left: Math.max(0, Math.ceil((endsAt - now) / 1000)), restart }
}
