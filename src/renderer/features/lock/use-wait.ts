import { useEffect, useState } from 'react'

/** Counts down to 0, in whole seconds. `start` begins anew. The clock of the machine does not matter. */
export function useWait(ms: number): { left: number; start: (ms: number) => void } {
  const [endsAt, setEndsAt] = useState(() => performance.now() + ms)
  const [now, setNow] = useState(() => performance.now())
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(performance.now())
      if (performance.now() >= endsAt) clearInterval(timer)
    }, 250)
    return () => clearInterval(timer)
  }, [endsAt])
  return {
    left: Math.max(0, Math.ceil((endsAt - now) / 1000)),
    start(next) {
      setNow(performance.now())
      setEndsAt(performance.now() + next)
    },
  }
}
