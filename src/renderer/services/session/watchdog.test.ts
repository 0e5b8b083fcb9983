import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Watchdog } from './watchdog.ts'

let reconnects: number
let hung: boolean[]
let writesWaitingFor: number
let watchdog: Watchdog

beforeEach(() => {
  vi.useFakeTimers()
  reconnects = 0
  hung = []
  writesWaitingFor = 0
  watchdog = new Watchdog({
    writesWaitingFor: () => writesWaitingFor,
    onHung: (isHung) => hung.push(isHung),
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
  it('reconnects when nothing arrives, less and less often', () => {
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

  it('does not reconnect while something arrives on a slow connection', () => {
    for (let time = 0; time < 120_000; time += 5000) {
      watchdog.contact()
      vi.advanceTimersByTime(5000)
    }
    expect(reconnects).toBe(0)
  })

  it('reconnects while live only when writes get no response', () => {
    watchdog.setLive(true)
    vi.advanceTimersByTime(120_000)
    expect(reconnects).toBe(0)
    writesWaitingFor = 12_000
    vi.advanceTimersByTime(5000)
    expect(reconnects).toBe(1)
  })

  it('reconnects when a read times out while live, but once for several reads', () => {
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

  it('starts again with the shortest silence after it was live', () => {
    vi.advanceTimersByTime(120_000)
    watchdog.setLive(true)
    watchdog.setLive(false)
    reconnects = 0
    vi.advanceTimersByTime(15_000)
    expect(reconnects).toBe(1)
  })

  it('reconnects less and less often while the server refuses writes, although each reconnect makes it live again', () => {
    watchdog.stop()
    writesWaitingFor = 12_000
    const refused: Watchdog = new Watchdog({
      writesWaitingFor: () => (writesWaitingFor += 5000),
      onHung: () => undefined,
      reconnect() {
        reconnects += 1
        refused.setLive(false)
        refused.setLive(true)
      },
    })
    refused.start()
    refused.setLive(true)
    vi.advanceTimersByTime(10 * 60_000)
    refused.stop()
    expect(reconnects).toBeGreaterThan(3)
    expect(reconnects).toBeLessThan(9)
  })

  it('says when writes wait for long, and when they no longer do', () => {
    watchdog.setLive(true)
    writesWaitingFor = 9000
    vi.advanceTimersByTime(5000)
    expect(hung).toEqual([])
    writesWaitingFor = 12_000
    vi.advanceTimersByTime(10_000)
    writesWaitingFor = 0
    vi.advanceTimersByTime(5000)
    expect(hung).toEqual([true, false])
  })
})
