import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { watchLockTriggers, type LockTriggers } from './lock-triggers.ts'

let idleSeconds: number
let isCapturing: boolean
let isSystemLocked: boolean
const lock = vi.fn<() => void>()
beforeEach(() => {
  vi.useFakeTimers()
  lock.mockReset()
  idleSeconds = 0
  isCapturing = false
  isSystemLocked = false
})
afterEach(() => {
  vi.useRealTimers()
})

function watch(after: number | null): EventEmitter {
  const emitter = new EventEmitter()
  const monitor = Object.assign(emitter, {
    getSystemIdleTime: () => idleSeconds,
    getSystemIdleState: () => (isSystemLocked ? 'locked' : 'active'),
  })
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the overloads of `on` are those of an emitter
  const options = { monitor: monitor as unknown as LockTriggers['monitor'], after: () => after }
  watchLockTriggers({ ...options, isCapturing: () => isCapturing, lock })
  return emitter
}

it.each(['lock-screen', 'suspend'])('locks with the system: %s', (event) => {
  watch(null).emit(event)
  expect(lock).toHaveBeenCalledOnce()
})

it('notices the lock of a system that sends no event', () => {
  watch(null)
  isSystemLocked = true
  vi.advanceTimersByTime(5000)
  expect(lock).toHaveBeenCalledOnce()
})

it('locks once nobody has used the machine for the set time, looked up every five seconds', () => {
  watch(5)
  idleSeconds = 299
  vi.advanceTimersByTime(5000)
  expect(lock).not.toHaveBeenCalled()
  idleSeconds = 300
  vi.advanceTimersByTime(5000)
  expect(lock).toHaveBeenCalledOnce()
})

it('does not lock when idle if the person has chosen so', () => {
  watch(null)
  idleSeconds = 1e6
  vi.advanceTimersByTime(60_000)
  expect(lock).not.toHaveBeenCalled()
})

it('waits while somebody speaks into the microphone, but not for the lock of the system', () => {
  const emitter = watch(1)
  isCapturing = true
  idleSeconds = 600
  vi.advanceTimersByTime(60_000)
  expect(lock).not.toHaveBeenCalled()
  emitter.emit('lock-screen')
  expect(lock).toHaveBeenCalledOnce()
})

it('looks at once after the machine wakes up', () => {
  const emitter = watch(15)
  idleSeconds = 3600
  emitter.emit('resume')
  expect(lock).toHaveBeenCalledOnce()
})
