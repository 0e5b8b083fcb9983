import { useEffect, useState } from 'react'

const MINUTE_MS = 60_000

/**
 * The local time in ms, current at each full minute and at `wakeAt` (ms, local clock), when the caller's view changes by
 * time alone: "typing…" ends, a mute runs out, today becomes yesterday.
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
