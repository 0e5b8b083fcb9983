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

it('is offline by the system’s network state, else connecting until the server responds', () => {
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

it('changes from connecting to offline after a timeout', () => {
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

it('expects no response when nobody is signed in', () => {
  const { connection, shown } = monitor()
  connection.setLive(false)
  connection.setLive(null)
  expect(shown()).toBe('online')
})

it('is slow while the server responds but does not accept what the person wrote', () => {
  const { connection, setNetwork, shown } = monitor()
  connection.setLive(true)
  connection.setHung(true)
  expect(shown()).toBe('slow')
  setNetwork(false)
  expect(shown()).toBe('offline')
  setNetwork(true)
  connection.setHung(false)
  expect(shown()).toBe('online')
})
