import { useEffect, useState } from 'react'

const MINUTE_MS = 60_000

/**
 * Returns the local time in ms. Renders again at each full minute and at each of `wakeAt` (ms, local clock). Use `wakeAt` when
 * something on screen expires at that time, such as "typing…" or a mute.
 */
export function useNow(...wakeAt: readonly (number | null)[]): number {
  const [now, setNow] = useState(Date.now)
  const nextMinute = now - (now % MINUTE_MS) + MINUTE_MS
  const next = Math.min(nextMinute, ...wakeAt.filter((at) => at !== null && at > now).map(Number))
  useEffect(() => {
    // A timer may fire a little before its time.
    const timer = setTimeout(() => setNow(Math.max(Date.now(), next)), next - Date.now())
    return () => clearTimeout(timer)
  }, [next])
  return now
}
