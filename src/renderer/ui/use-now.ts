import { useEffect, useState } from 'react'

const MINUTE_MS = 60_000

/**
 * Returns the local time in ms. Renders again at each full minute and at `wakeAt` (ms, local clock). Use `wakeAt` when
 * something on screen expires at that time, such as "typing…" or a mute.
 */
export function useNow(wakeAt: number | null = null): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const started = Date.now()
    const nextMinute = started - (started % MINUTE_MS) + MINUTE_MS
    const next = wakeAt !== null && wakeAt > now ? Math.min(wakeAt, nextMinute) : nextMinute
    const timer = setTimeout(() => setNow(Date.now()), Math.max(0, next - started) + 1)
    return () => clearTimeout(timer)
  }, [now, wakeAt])
  return now
}
