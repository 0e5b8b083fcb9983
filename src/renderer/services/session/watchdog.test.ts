import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Watchdog } from './watchdog.ts'

let reconnects: number
let writesWaitingFor: number
let watchdog: Watchdog

beforeEach(() => {
  vi.useFakeTimers()
  reconnects = 0
  writesWaitingFor = 0
  watchdog = new Watchdog({
    writesWaitingFor: () => writesWaitingFor,
    reconnect() {
      reconnects += 1
    },
  })
  watchdog.start()
})
afterEach(() => {
  watchdog.stop()
  vi.useRealTimers()
})

describe('the watchdog', () => {
  it('connects anew when nothing is heard, less and less often', () => {
    vi.advanceTimersByTime(10_000)
    expect(reconnects).toBe(0)
    vi.advanceTimersByTime(5000)
    expect(reconnects).toBe(1)
    vi.advanceTimersByTime(20_000)
    expect(reconnects).toBe(1)
    vi.advanceTimersByTime(5000)
    expect(reconnects).toBe(2)
    vi.advanceTimersByTime(60 * 60_000)
    expect(reconnects).toBeLessThan(30)
  })

  it('lets a slow line bring what it can', () => {
    for (let time = 0; time < 120_000; time += 5000) {
      watchdog.contact()
      vi.advanceTimersByTime(5000)
    }
    expect(reconnects).toBe(0)
  })

  it('expects nothing while in step, but that writes are answered', () => {
    watchdog.setLive(true)
    vi.advanceTimersByTime(120_000)
    expect(reconnects).toBe(0)
    writesWaitingFor = 12_000
    vi.advanceTimersByTime(5000)
    expect(reconnects).toBe(1)
  })

  it('connects anew when a read is late while all seems well, but not for each of several', () => {
    watchdog.timeout()
    expect(reconnects).toBe(0)
    watchdog.setLive(true)
    watchdog.timeout()
    watchdog.timeout()
    expect(reconnects).toBe(1)
    vi.advanceTimersByTime(11_000)
    watchdog.timeout()
    expect(reconnects).toBe(2)
  })

  it('is as impatient as before once it was in step again', () => {
    vi.advanceTimersByTime(120_000)
    watchdog.setLive(true)
    watchdog.setLive(false)
    reconnects = 0
    vi.advanceTimersByTime(15_000)
    expect(reconnects).toBe(1)
  })
})
