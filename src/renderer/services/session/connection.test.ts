import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createAppStore } from '../../stores/app-store.ts'
import { ConnectionMonitor } from './connection.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function monitor() {
  const listeners = new Set<() => void>()
  let up = true
  const store = createAppStore()
  const connection = new ConnectionMonitor(store, {
    isUp: () => up,
    watch(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  })
  const setNetwork = (isUp: boolean): void => {
    up = isUp
    for (const listener of listeners) listener()
  }
  return { connection, setNetwork, shown: () => store.getState().connection }
}

it('believes the system that there is no network, and the server that there is one', () => {
  const { connection, setNetwork, shown } = monitor()
  expect(shown()).toBe('online')
  connection.setLive(false)
  expect(shown()).toBe('connecting')
  connection.setLive(true)
  expect(shown()).toBe('online')
  setNetwork(false)
  expect(shown()).toBe('offline')
  setNetwork(true)
  expect(shown()).toBe('online')
})

it('does not say "connecting" for ever', () => {
  const { connection, shown } = monitor()
  connection.setLive(false)
  vi.advanceTimersByTime(14_000)
  expect(shown()).toBe('connecting')
  vi.advanceTimersByTime(2000)
  expect(shown()).toBe('offline')
  connection.setLive(true)
  expect(shown()).toBe('online')
  connection.setLive(false)
  expect(shown()).toBe('connecting')
})

it('waits for nobody when nobody is signed in', () => {
  const { connection, shown } = monitor()
  connection.setLive(false)
  connection.setLive(null)
  expect(shown()).toBe('online')
})
