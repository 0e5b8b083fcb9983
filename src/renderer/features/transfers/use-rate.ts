import { useEffect, useRef, useState } from 'react'

/** How often the number of bytes is looked at, in ms, and how many looks the speed is taken from. */
const INTERVAL_MS = 1000
const MAX_SAMPLES = 6

interface Sample {
  /** ms */
  at: number
  /** Bytes. */
  done: number
}

/** Bytes per second; null: not known yet, or nothing moves. */
export function rateOf(samples: readonly Sample[]): number | null {
  const [first, last] = [samples[0], samples.at(-1)]
  if (first === undefined || last === undefined || last.at === first.at) return null
  const rate = ((last.done - first.done) / (last.at - first.at)) * 1000
  return rate > 0 ? rate : null
}

/** The speed of a transfer over the last seconds, in bytes per second. Null: not known yet, or nothing moves. */
export function useRate(done: number): number | null {
  const newest = useRef(done)
  const [rate, setRate] = useState<number | null>(null)
  useEffect(() => {
    newest.current = done
  }, [done])
  useEffect(() => {
    const sample = (): Sample => ({ at: performance.now(), done: newest.current })
    const samples = [sample()]
    const timer = setInterval(() => {
      samples.push(sample())
      if (samples.length > MAX_SAMPLES) samples.shift()
      setRate(rateOf(samples))
    }, INTERVAL_MS)
    return () => clearInterval(timer)
  }, [])
  return rate
}
